// Moments in the contest's own zone, with weekday and with what is left; never in the browser's.

import { span } from "../format.mjs";
import { timeWords as words } from "../words/console.mjs";

const VIETNAM = "Asia/Ho_Chi_Minh";
const PARTS = { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };

/** The parts of an instant on a clock and a calendar of the zone. */
export function partsIn(zone, time) {
  const parts = new Intl.DateTimeFormat("vi-VN", { timeZone: zone ?? VIETNAM, ...PARTS }).formatToParts(new Date(time));
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

/** 16h30, Chủ Nhật 26/12/2021 */
export function moment(time, zone) {
  const { hour, minute, weekday, day, month, year } = partsIn(zone, time);
  return words.moment(`${hour}h${minute}`, weekday, `${day}/${month}/${year}`, !zone || zone === VIETNAM ? "" : zone);
}

/** As `moment`, and how far it is from `now`: còn 2 ngày 4 giờ, or nothing once it has passed. */
export function momentAndLeft(time, zone, now) {
  const left = Date.parse(time) - Date.parse(now);
  return left > 0 ? words.left(moment(time, zone), span(left)) : moment(time, zone);
}

/** As a plan writes a moment: 2021-12-19T17:30. */
export function localTime(time, zone) {
  const { year, month, day, hour, minute } = partsIn(zone, time);
  return `${year}-${month}-${day}T${hour}:${minute}`;
}
