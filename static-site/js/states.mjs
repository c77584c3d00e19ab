// Where a contest, its rounds and a visitor stand. Derived here and nowhere else, from what is published, what is
// one's own (`own`: the round's entry of /me, or null) and the server's time. Intervals are half open: [opens, closes).

/** ahead | open | over */
export function registrationState({ registration }, time) {
  if (time < Date.parse(registration.opens)) return "ahead";
  return time >= Date.parse(registration.closes) ? "over" : "open";
}

/** before | open | over, of a whole contest. */
export function contestPhase({ opens, closes }, time) {
  if (time < Date.parse(opens)) return "before";
  return time < Date.parse(closes) ? "open" : "over";
}

/** before | open | closed (waiting for the promised minute) | due (promised minute passed). */
export function phaseOf(round, time) {
  if (time < Date.parse(round.opens)) return "before";
  if (time < Date.parse(round.closes)) return "open";
  return time < Date.parse(round.publishes) ? "closed" : "due";
}

/** When an attempt's minutes end. */
export function endOf({ closes, attempt: { minutes } }, { started_at: started }) {
  const end = Date.parse(closes);
  return minutes > 0 ? Math.min(Date.parse(started) + minutes * 60_000, end) : end;
}

/** The attempt that is under way, or undefined. */
export const runningAttempt = (round, own, time) =>
  own?.attempts.find((entry) => entry.status === "open" && time < endOf(round, entry));

/** A phase, or published; and in an open round running (an attempt of one's own) or usedUp. */
export function roundState(round, { time, own = null, published = false }) {
  if (published) return "published";
  const phase = phaseOf(round, time);
  if (phase !== "open" || !own) return phase;
  if (runningAttempt(round, own, time)) return "running";
  return own.attempts_left === 0 ? "usedUp" : "open";
}

/** What a visitor is offered where a round is in a state. */
export function offersIn(round, { signedIn, registration, own = null }) {
  const over = ["closed", "due", "published"].includes(round);
  return {
    enter: signedIn && round === "open",
    resume: round === "running",
    receipts: (over || round === "usedUp") && Boolean(own?.attempts.length),
    register: !over && !signedIn && registration === "open",
    signIn: !over && !signedIn,
    results: round === "published",
  };
}

/** The round to be shown first: with an attempt under way, else open, used up, next, last. */
export function firstRound(rounds, stateOf) {
  const wanted = ["running", "open", "usedUp", "before"];
  const states = rounds.map(stateOf);
  return rounds[states.indexOf(wanted.find((state) => states.includes(state)))] ?? rounds.at(-1);
}
