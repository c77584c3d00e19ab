// Numbers, money and times as Vietnamese readers write them, in Vietnam's zone wherever the reader is.

import { words } from "./words/shared.mjs";

const ZONE = "Asia/Ho_Chi_Minh";
const grouped = new Intl.NumberFormat("vi-VN");
const partsOf = new Intl.DateTimeFormat("vi-VN", {
  timeZone: ZONE, weekday: "long", day: "2-digit", month: "2-digit", year: "numeric",
  hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

function parts(time) {
  return Object.fromEntries(partsOf.formatToParts(new Date(time)).map(({ type, value }) => [type, value]));
}

export const integer = (value) => grouped.format(value);

/** Published decimals are text ("33.33") and never become floats. */
export function decimal(value) {
  if (value === null || value === undefined || value === "") return null;
  const [whole, fraction] = String(value).split(".");
  const shown = grouped.format(BigInt(whole));
  return fraction ? `${shown},${fraction}` : shown;
}

export const percent = (value) => (decimal(value) === null ? null : `${decimal(value)}%`);
export const money = (value) => words.money(grouped.format(value));
/** 05 giải, as in official documents. */
export const count = (value) => (value < 10 ? `0${value}` : grouped.format(value));

export function date(time) {
  const { day, month, year } = parts(time);
  return `${day}/${month}/${year}`;
}

/** First to last day; the end is exclusive, so midnight belongs to the day before. */
export const dates = (from, to) => `${date(from)} – ${date(Date.parse(to) - 1)}`;

function clock(time) {
  const { hour, minute } = parts(time);
  return `${hour}h${minute}`;
}

/** 08h30, Thứ Hai 20/12/2021 */
export function moment(time) {
  return `${clock(time)}, ${parts(time).weekday} ${date(time)}`;
}

/** With milliseconds: they decide ranks. */
export function exactMoment(time) {
  const { second } = parts(time);
  const thousandths = String(new Date(time).getUTCMilliseconds()).padStart(3, "0");
  return words.exactly(clock(time), `${second},${thousandths}`, date(time));
}

/** 12:05,123 */
export function duration(milliseconds) {
  const minutes = Math.floor(milliseconds / 60000);
  const seconds = String(Math.floor((milliseconds % 60000) / 1000)).padStart(2, "0");
  return `${minutes}:${seconds},${String(milliseconds % 1000).padStart(3, "0")}`;
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
