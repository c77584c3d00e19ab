// Results before they are published: who would win, by name, and what to know before that.

import { copyOf, fill, newElement, ref } from "../dom.mjs";
import { decimal, duration, exactMoment, percent } from "../figures.mjs";
import { integer, money } from "../format.mjs";
import { resultWords } from "../words/results.mjs";
import { resultsWords as words } from "../words/console-results.mjs";

const whoOf = ({ full_name: name, code, contestant }) => words.person(name ?? words.erased, code ?? contestant);
const line = (textContent) => newElement("li", { textContent });

function winnerRow(winner, number) {
  const { rank, prize, amount, unit_name: unit, score, prediction, prediction_distance: distance, duration_ms: time, submitted_at: at } = winner;
  return copyOf(document.getElementById("t-winner"), {
    prize, rank: integer(rank), who: whoOf(winner), unit: unit ?? words.none, score: decimal(score),
    prediction: prediction === null || prediction === undefined ? words.noPrediction : words.prediction(number(prediction), number(distance)),
    time: time === null || time === undefined ? words.none : duration(time),
    at: at ? exactMoment(at) : words.none,
    amount: money(amount),
  });
}

function fact(term, value) {
  const entry = newElement("div");
  entry.append(newElement("dt", { textContent: term }), newElement("dd", { textContent: value }));
  return entry;
}

/** `when` says when it is published. */
export function showResults(root, shown, when) {
  const { round_name: name, edition, is_published: isPublished, awaits_draw: awaitsDraw, results, ties, warnings } = shown;
  const { totals, prediction, winners } = results;
  const number = (value) => (prediction?.target === "perfect_percent" ? percent(value) : decimal(value));
  fill(root, {
    previewTitle: resultWords.title(name),
    previewNote: isPublished ? words.publishedNote(edition) : words.previewNote,
    when: isPublished ? "" : when,
    awaitsDraw: awaitsDraw ? words.awaitsDraw : "",
    noWarnings: warnings.length ? "" : words.noWarnings,
    noTies: ties.length ? "" : words.noTies,
    noWinners: winners.length ? "" : words.noWinners,
    prizeSum: words.sum(money(winners.reduce((sum, { amount }) => sum + amount, 0))),
  });
  ref(root, "watermark").toggleAttribute("hidden", isPublished);
  ref(root, "preview-note").dataset.kind = isPublished ? "plain" : "error";
  ref(root, "warnings").replaceChildren(...warnings.map(({ text }) => line(text)));
  ref(root, "ties").replaceChildren(...ties.map(({ rank, people }) => line(words.tie(integer(rank), people.map(whoOf).join("; ")))));
  ref(root, "totals").replaceChildren(
    ...Object.entries(words.figures).map(([of, term]) => fact(term, integer(totals[of]))),
    ...(prediction ? [fact(words.actual, number(prediction.actual))] : []),
  );
  ref(root, "winners-frame").hidden = winners.length === 0;
  ref(root, "winners").replaceChildren(...winners.map((winner) => winnerRow(winner, number)));
}
