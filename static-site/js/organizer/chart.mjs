// A chart by hour, drawn as SVG; the figures stand in a table beside it, which is what a screen reader reads. Lengths are
// attributes, so that the policy needs no inline style.

import { newElement } from "../dom.mjs";

const HOUR_MS = 3_600_000;
const HEIGHT = 220;
const EDGE = { top: 10, right: 6, bottom: 26, left: 52 };
const LEAST_WIDTH = 320;
const MOST_TICKS = 4;

/** A part of the picture `svg`. */
function element(svg, name, attributes, text) {
  const made = document.createElementNS(svg.namespaceURI, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Every hour from the first to the last, those without anything among them. */
export function everyHour(hours) {
  if (hours.length === 0) return [];
  const known = new Map(hours.map((hour) => [Date.parse(hour.from), hour]));
  const [first, last] = [Math.min(...known.keys()), Math.max(...known.keys())];
  const filled = [];
  for (let at = first; at <= last; at += HOUR_MS) filled.push(known.get(at) ?? { from: new Date(at).toISOString(), attempts: 0, starts: 0 });
  return filled;
}

/** Round numbers from 0 up to at least `most`: 0, 50, 100. Figures are counts, so no step is below 1. */
export function ticksTo(most) {
  const rough = Math.max(1, most / MOST_TICKS);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((of) => of * power).find((of) => of >= rough);
  const ticks = [];
  for (let at = 0; at < most + step; at += step) ticks.push(at);
  return ticks;
}

/** Which hours are named below: each midnight where there are several days, else as many as fit. */
export function namedHours(hours, hourOf, fitting) {
  const midnights = hours.flatMap((hour, at) => (hourOf(hour) === 0 ? [at] : []));
  const named = hours.length > 48 ? midnights : hours.map((_, at) => at);
  const each = Math.ceil(named.length / fitting);
  return named.filter((_, at) => at % each === 0);
}

/** Draws into an `svg` as wide as its parent. `words`: {number(n), name(hour), hourOf(hour) → 0–23, bar(hour), label(hours)}; each hour {from, starts, attempts}. */
export function drawChart(svg, given, words) {
  const hours = everyHour(given);
  const width = Math.max(LEAST_WIDTH, Math.round(svg.parentElement.clientWidth));
  const most = Math.max(1, ...hours.map(({ starts, attempts }) => Math.max(starts, attempts)));
  const ticks = ticksTo(most);
  const [inner, tall] = [width - EDGE.left - EDGE.right, HEIGHT - EDGE.top - EDGE.bottom];
  const y = (value) => EDGE.top + tall - (value / ticks.at(-1)) * tall;
  const slot = inner / hours.length;
  const x = (at) => EDGE.left + at * slot;
  const add = (to, name, attributes, text) => to.append(element(svg, name, attributes, text));
  svg.replaceChildren();
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, "aria-label": words.label(hours) })) svg.setAttribute(name, value);
  for (const tick of ticks) {
    add(svg, "line", { x1: EDGE.left, x2: width - EDGE.right, y1: y(tick), y2: y(tick), class: "hc-chart__grid" });
    add(svg, "text", { x: EDGE.left - 6, y: y(tick) + 4, "text-anchor": "end", class: "hc-chart__text" }, words.number(tick));
  }
  hours.forEach((hour, at) => {
    const gap = slot > 6 ? 1 : 0;
    const half = (slot - 2 * gap) / 2;
    const bars = element(svg, "g", {});
    const bar = (place, value, kind) => add(bars, "rect", { x: x(at) + gap + place * half, y: y(value), width: half, height: y(0) - y(value), class: `hc-chart__${kind}` });
    add(bars, "title", {}, words.bar(hour));
    bar(0, hour.starts, "starts");
    bar(1, hour.attempts, "attempts");
    svg.append(bars);
  });
  for (const at of namedHours(hours, words.hourOf, Math.max(2, Math.floor(inner / 70)))) {
    add(svg, "text", { x: x(at), y: HEIGHT - 8, class: "hc-chart__text" }, words.name(hours[at], hours.length > 48));
  }
}

/** The same figures as rows: `cells(hour)` are the texts of one. */
export function fillHours(body, given, cells) {
  body.replaceChildren(...everyHour(given).map((hour) => {
    const row = newElement("tr");
    const [name, ...figures] = cells(hour);
    row.append(newElement("th", { scope: "row", textContent: name }), ...figures.map((textContent) => {
      const cell = newElement("td", { textContent });
      cell.dataset.number = "";
      return cell;
    }));
    return row;
  }));
}
