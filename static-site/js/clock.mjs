// The server's time, kept by the monotonic clock: the phone's own date may be wrong or be changed.

import { call } from "./api.mjs";

let serverAtZero = null; // server time, in ms, when performance.now() was 0

/** Asks for the time once; the middle of the round trip is taken as the moment of the answer. */
export async function syncClock() {
  const before = performance.now();
  const { now } = await call("GET", "time");
  serverAtZero = Date.parse(now) - (before + performance.now()) / 2;
}

/** Corrects the clock from a time that came with another answer. */
export function noteServerTime(time) {
  serverAtZero = Date.parse(time) - performance.now();
}

/** Milliseconds since 1970 by the server; the phone's clock stands in until the server has answered. */
export function now() {
  return serverAtZero === null ? Date.now() : serverAtZero + performance.now();
}

/** Calls `show` with the remaining milliseconds each second until `until`; returns a function that stops it. */
export function countdown(until, show) {
  const end = typeof until === "number" ? until : Date.parse(until);
  let timer = null;
  const tick = () => {
    const left = end - now();
    if (left > 0) timer = setTimeout(tick, Math.min(1000, left % 1000 || 1000));
    show(Math.max(0, left));
  };
  tick();
  return () => clearTimeout(timer);
}

// A sleeping phone stops its monotonic clock, so the time is asked again when the page comes back.
// Failing is harmless: the old estimate stays, and the server decides in any case.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") syncClock().catch(() => {});
});
