// Where a round stands at a moment, in the words of the page. Intervals are half open: [opens, closes).

import { integer, moment, span } from "./format.mjs";
import { words } from "./words.mjs";

/** before | open | closed (waiting for the promised minute) | due (promised minute passed). */
export function phaseOf(round, time) {
  if (time < Date.parse(round.opens)) return "before";
  if (time < Date.parse(round.closes)) return "open";
  return time < Date.parse(round.publishes) ? "closed" : "due";
}

export function nextMoment(round, time) {
  const phase = phaseOf(round, time);
  if (phase === "before") return { at: round.opens, say: (left) => words.opensIn(span(left)) };
  if (phase === "open") return { at: round.closes, say: (left) => words.closesIn(span(left)) };
  if (phase === "closed") return { at: round.publishes, say: (left) => words.publishesIn(span(left)) };
  return null;
}

export const periodOf = (from, to) => words.period(moment(from), moment(to));

/** The round a visitor should be shown first: the open one, else the next, else the last. */
export function currentRound(rounds, time) {
  return rounds.find((round) => phaseOf(round, time) === "open")
    ?? rounds.find((round) => phaseOf(round, time) === "before")
    ?? rounds.at(-1);
}

export function attemptFacts({ attempt, registration }) {
  return [
    words.facts.questions(integer(attempt.questions)),
    words.facts.minutes(attempt.minutes),
    words.facts.perRound(attempt.per_round),
    words.facts.counted[attempt.counted],
    words.facts.points(integer(attempt.points)),
    registration.min_age ? words.facts.minAge(registration.min_age) : null,
    registration.mode === "roster" ? words.facts.roster : null,
  ].filter(Boolean);
}

export function listItems(list, sentences) {
  list.replaceChildren(...sentences.map((sentence) => {
    const item = document.createElement("li");
    item.textContent = sentence;
    return item;
  }));
}
