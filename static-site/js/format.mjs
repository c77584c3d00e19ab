// Numbers, money and times as Vietnamese readers write them, in Vietnam's zone wherever the reader is.

import { words } from "./words/shared.mjs";

const ZONE = "Asia/Ho_Chi_Minh";
const grouped = new Intl.NumberFormat("vi-VN");
const partsOf = new Intl.DateTimeFormat("vi-VN", {
  timeZone: ZONE, weekday: "long", day: "2-digit", month: "2-digit", year: "numeric",
  hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

export function timeParts(time) {
  return Object.fromEntries(partsOf.formatToParts(new Date(time)).map(({ type, value }) => [type, value]));
}

export const integer = (value) => grouped.format(value);
export const money = (value) => words.money(grouped.format(value));
/** 05 giải, as in official documents. */
export const count = (value) => (value < 10 ? `0${value}` : grouped.format(value));

export function date(time) {
  const { day, month, year } = timeParts(time);
  return `${day}/${month}/${year}`;
}

/** First to last day; the end is exclusive, so midnight belongs to the day before. */
export const dates = (from, to) => `${date(from)} – ${date(Date.parse(to) - 1)}`;

export function clock(time) {
  const { hour, minute } = timeParts(time);
  return `${hour}h${minute}`;
}

/** 08h30, Thứ Hai 20/12/2021 */
export function moment(time) {
  return `${clock(time)}, ${timeParts(time).weekday} ${date(time)}`;
}

/** The two largest units: "2 ngày 3 giờ". */
export function span(milliseconds) {
  const total = Math.max(0, Math.ceil(milliseconds / 1000));
  const sizes = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const found = sizes.findIndex(([, size]) => total >= size);
  const from = found < 0 ? sizes.length - 1 : found;
  let rest = total;
  return sizes.slice(from, from + 2).map(([name, size]) => {
    const amount = Math.floor(rest / size);
    rest %= size;
    return `${amount} ${words.span[name]}`;
  }).join(" ");
}

export function minutesAndSeconds(milliseconds) {
  const total = Math.max(0, Math.ceil(milliseconds / 1000));
  const hours = Math.floor(total / 3600);
  const clockText = `${String(Math.floor((total % 3600) / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
  return hours > 0 ? `${hours}:${clockText}` : clockText;
}
