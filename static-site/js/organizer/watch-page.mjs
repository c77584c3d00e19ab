// A round under way in figures, for organizers alone: they would answer the question that contestants predict.

import { announce, fill, idFromAddress, load, messageOf, missing, newElement, pageLink, part, ref, showView } from "../dom.mjs";
import { whileBusy } from "../form.mjs";
import { integer } from "../format.mjs";
import { start } from "../page.mjs";
import { now, syncClock } from "../server.mjs";
import { consoleWords } from "../words/console.mjs";
import { watchWords as words } from "../words/console-watch.mjs";
import { change, read } from "./api.mjs";
import { drawChart, fillHours } from "./chart.mjs";
import { firstRound } from "./first-round.mjs";
import { consoleNav } from "./nav.mjs";
import { moment, momentAndLeft, partsIn } from "./time.mjs";
import { unitTable } from "./watch-units.mjs";

const AGAIN_MS = 60_000; // while the page is open it looks for new figures
const TRIES = 4;
const TRY_AGAIN_MS = 15_000;

function page(root, contest, seen) {
  const zone = seen.time_zone;
  const clockNow = () => new Date(now()).toISOString();
  let round = firstRound(seen.rounds, idFromAddress("r"));
  let figures = null;
  const units = unitTable(root, { head: () => words.copyHead(round.name, moment(figures.as_of, zone)) });

  const isOver = () => ["closing", "ranked", "published"].includes(round.phase);
  function roundLine() {
    const at = { ahead: () => words.opens(momentAndLeft(round.opens, zone, clockNow())), open: () => words.closes(momentAndLeft(round.closes, zone, clockNow())) };
    return words.state(round.name, consoleWords.round[round.phase].toLowerCase(), (at[round.phase] ?? (() => words.closed(moment(round.closes, zone))))());
  }

  const hourName = ({ from }, isLong) => {
    const { hour, day, month } = partsIn(zone, from);
    return isLong ? `${day}/${month}` : words.hour(Number(hour));
  };
  const hourFull = ({ from }) => moment(from, zone);
  function hours({ hours: given }) {
    const isEmpty = given.length === 0;
    fill(root, { noHours: isEmpty ? words.noHours : "" });
    ref(root, "chart-part").hidden = isEmpty;
    if (isEmpty) return;
    drawChart(ref(root, "chart"), given, {
      number: integer,
      name: hourName,
      hourOf: ({ from }) => Number(partsIn(zone, from).hour),
      bar: (hour) => words.bar(hourFull(hour), integer(hour.starts), integer(hour.attempts)),
      label: (all) => {
        const most = all.reduce((best, hour) => (hour.starts > best.starts ? hour : best));
        return words.chart(hourFull(all[0]), hourFull(all.at(-1)), integer(most.starts), hourFull(most));
      },
    });
    fillHours(ref(root, "hours"), given, (hour) => [hourFull(hour), integer(hour.starts), integer(hour.attempts)]);
  }

  async function draw() {
    const { as_of: asOf, why_old: whyOld } = figures;
    fill(root, {
      roundLine: roundLine(),
      asOf: asOf ? (isOver() ? words.asOfOver : words.asOf)(moment(asOf, zone)) : words.none,
      whyOld: whyOld ? words.whyOld[whyOld] ?? "" : "",
    });
    ref(root, "count").hidden = ["ranked", "published"].includes(round.phase) || round.phase === "ahead";
    ref(root, "figures").hidden = !asOf;
    if (!asOf) return;
    fill(root, {
      registered: integer(figures.registered),
      contestants: integer(figures.contestants),
      attempts: integer(figures.attempts),
      underWay: integer(figures.under_way),
      peopleAsOf: words.people(moment(figures.people_as_of, zone)),
      withoutUnit: figures.without_unit.registered ? words.withoutUnit(integer(figures.without_unit.contestants), integer(figures.without_unit.registered)) : "",
    });
    ref(root, "units-part").hidden = figures.units.length === 0;
    await Promise.all([part(ref(root, "hours-part"), () => hours(figures)), part(ref(root, "units-part"), () => units.show(figures.units))]);
  }

  async function look() {
    const asked = round;
    const answer = await read(`contests/${contest}/rounds/${asked.id}/watch`);
    if (asked !== round) return;
    figures = answer;
    await draw();
  }
  const say = (text, kind = "plain") => {
    fill(root, { counted: text });
    ref(root, "counted").dataset.kind = kind;
  };

  let counting = 0; // whoever asks again is told of the later count

  /** Asks for a count, and looks until it is there; resolves once it was asked for. */
  async function count() {
    const [asked, before, mine] = [round, figures.as_of, (counting += 1)];
    const isMeant = () => mine === counting && asked === round;
    const { again_after_seconds: seconds } = await change("POST", `contests/${contest}/rounds/${asked.id}/watch`, {});
    say(words.asked(integer(seconds)));
    const follow = async () => {
      for (let tries = 0; tries < TRIES; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, tries === 0 ? seconds * 1000 : TRY_AGAIN_MS));
        if (!isMeant()) return;
        await look();
        if (figures.as_of !== before) return say(words.counted(moment(figures.as_of, zone)), "good");
      }
      if (isMeant()) say(words.notYet);
    };
    follow().catch((error) => isMeant() && say(messageOf(error), "error"));
  }

  const choose = ref(root, "round");
  choose.replaceChildren(...seen.rounds.map(({ id, name }) => newElement("option", { value: id, textContent: name })));
  choose.value = round.id;
  choose.addEventListener("change", () => {
    round = seen.rounds.find(({ id }) => id === choose.value);
    history.replaceState(null, "", pageLink("organizer/watch.html", { c: contest, r: round.id }));
    say("");
    look().then(() => announce(ref(root, "round-line").textContent)).catch((error) => say(messageOf(error), "error"));
  });
  const button = ref(root, "count");
  button.addEventListener("click", () => whileBusy(button, () => count().catch((error) => say(messageOf(error), "error"))));
  setInterval(() => document.visibilityState === "visible" && look().catch(() => null), AGAIN_MS); // the old figures say when they were counted
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width || !figures?.as_of) return;
    width = innerWidth;
    hours(figures);
  });
  return look();
}

function watch(root) {
  const contest = idFromAddress("c");
  if (!contest) return missing(root);
  return load(root, async () => {
    const [, seen] = await Promise.all([consoleNav(), read(`contests/${contest}`), syncClock().catch(() => {})]);
    fill(root, { contestName: seen.name ?? contest, noRound: seen.rounds.length ? "" : words.noRound });
    ref(root, "round-part").hidden = seen.rounds.length === 0;
    showView(root, "watch"); // the chart takes the width that is there
    if (seen.rounds.length) await page(root, contest, seen);
  });
}

start({ watch });
