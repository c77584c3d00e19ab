// Published figures of attempts as Vietnamese readers write them: scores, shares, durations and moments, to the
// last digit: they decide ranks.

import { clock, date, integer, timeParts } from "./format.mjs";
import { words } from "./words/shared.mjs";

/** Published decimals are text ("33.33") and never become floats. */
export function decimal(value) {
  if (value === null || value === undefined || value === "") return null;
  const [whole, fraction] = String(value).split(".");
  const shown = integer(BigInt(whole));
  return fraction ? `${shown},${fraction}` : shown;
}

export const percent = (value) => (decimal(value) === null ? null : `${decimal(value)}%`);

/** 12:05,123 */
export function duration(milliseconds) {
  const minutes = Math.floor(milliseconds / 60000);
  const seconds = String(Math.floor((milliseconds % 60000) / 1000)).padStart(2, "0");
  return `${minutes}:${seconds},${String(milliseconds % 1000).padStart(3, "0")}`;
}

/** 09h05 phút 07,120 giây, 13/12/2021 */
export function exactMoment(time) {
  const thousandths = String(new Date(time).getUTCMilliseconds()).padStart(3, "0");
  return words.exactly(clock(time), `${timeParts(time).second},${thousandths}`, date(time));
}
