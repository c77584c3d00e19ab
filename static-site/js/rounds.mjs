// What is said of a round: its next change, and what an attempt is.

import { newElement } from "./dom.mjs";
import { integer, span } from "./format.mjs";
import { phaseOf } from "./states.mjs";
import { words } from "./words/shared.mjs";

export function nextMoment(round, time) {
  const phase = phaseOf(round, time);
  if (phase === "before") return { at: round.opens, say: (left) => words.opensIn(span(left)) };
  if (phase === "open") return { at: round.closes, say: (left) => words.closesIn(span(left)) };
  if (phase === "closed") return { at: round.publishes, say: (left) => words.publishesIn(span(left)) };
  return null;
}

export function attemptFacts({ attempt }) {
  return [
    words.facts.questions(integer(attempt.questions)),
    words.facts.minutes(attempt.minutes),
    words.facts.perRound(attempt.per_round),
    words.facts.counted[attempt.counted],
    words.facts.points(integer(attempt.points)),
  ];
}

export function listItems(list, sentences) {
  list.replaceChildren(...sentences.map((textContent) => newElement("li", { textContent })));
}
