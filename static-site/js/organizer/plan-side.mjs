// Beside and below the form: what the checker says, sums of prizes, moments, the rules as they will be printed.

import { copyOf, fill, newElement, ref } from "../dom.mjs";
import { count, integer, money, span } from "../format.mjs";
import { now } from "../server.mjs";
import { planWords as words } from "../words/console-plan.mjs";

const item = (text) => newElement("li", { textContent: text });

/** A key that is missing from the file is, in a form, a field that is not filled in. */
export const messageOf = ({ code, message }) => (code === "missing_key" ? words.notFilled : message);

function problems(list, found, go) {
  list.replaceChildren(...found.map((line) => {
    if (!line.path) return item(words.line(line.row, line.message));
    const text = words.at(line.label, messageOf(line));
    const row = newElement("li");
    const link = newElement("button", { type: "button", className: "ht-link", textContent: text });
    link.addEventListener("click", () => go(line.path));
    row.append(link);
    return row;
  }));
  list.hidden = found.length === 0;
}

const prizeLine = ({ name, count: number, each }) => words.prize(count(number), name, money(each));

function prizes(root, facts) {
  const groups = [];
  if (facts.each_round.prizes.length) groups.push([words.everyRound(facts.rounds, money(facts.each_round.amount)), facts.each_round.prizes]);
  for (const { rounds, prizes: some, amount } of facts.some_rounds) groups.push([words.someRounds(rounds, money(amount)), some]);
  if (facts.contest.prizes.length) groups.push([`${words.once}: ${money(facts.contest.amount)}`, facts.contest.prizes]);
  for (const of of [...facts.collective, ...facts.commendation]) if (of.prizes.length) groups.push([`${of.id}: ${words.times(of.times, money(of.amount))}`, of.prizes]);
  ref(root, "prizes").replaceChildren(...groups.flatMap(([title, list]) => {
    const rows = newElement("ul", {});
    rows.append(...list.map((prize) => item(prizeLine(prize))));
    return [newElement("p", { className: "hc-strong", textContent: title }), rows];
  }));
  fill(root, { total: money(facts.total), incomplete: facts.complete ? "" : words.incomplete });
}

function timeline(root, moments) {
  ref(root, "timeline").replaceChildren(...moments.map(({ label, words: said, at }) => {
    const row = copyOf(document.getElementById("t-moment"), { label, said });
    const left = Date.parse(at) - now();
    return fill(row, { left: left > 0 ? words.in(span(left)) : words.past });
  }));
}

function peakLine(peak) {
  if (!peak) return words.peakUnknown;
  return `${words.peak(integer(peak.attempts), integer(peak.requests_a_second))} ${peak.fits ? words.peakFits : words.peakBeyond}`;
}

export function showSide(root, answer, go) {
  fill(root, { verdict: words.status(answer.errors.length, answer.warnings.length) });
  ref(root, "verdict").dataset.kind = answer.errors.length ? "error" : "good";
  problems(ref(root, "errors"), answer.errors, go);
  problems(ref(root, "warnings"), answer.warnings, go);
  ref(root, "facts").hidden = answer.facts === null;
  if (!answer.facts) return;
  prizes(root, answer.facts.prizes);
  timeline(root, answer.facts.timeline);
  fill(root, { peak: peakLine(answer.facts.peak) });
}

/** The rules; what differs from the stored plan is marked in words and color. */
export function showRules(root, answer) {
  const changes = new Map((answer.since?.rules ?? []).map((change) => [change.heading, change]));
  const articles = answer.rules.map(({ heading, paragraphs }) => {
    const change = changes.get(heading);
    const article = copyOf(document.getElementById("t-article"), { heading, state: change ? words.ruleState[change.state] : "" });
    if (change) article.dataset.changed = change.state;
    ref(article, "paragraphs").append(...paragraphs.map((text, place) => {
      const row = newElement("p", { textContent: text });
      if (!change?.paragraphs.includes(place)) return row;
      row.dataset.changed = "";
      row.prepend(newElement("span", { className: "ht-hidden", textContent: words.changedParagraph }));
      return row;
    }));
    return article;
  });
  const gone = [...changes.values()].filter(({ state }) => state === "gone");
  const left = gone.map(({ heading, state }) => {
    const article = copyOf(document.getElementById("t-article"), { heading, state: words.ruleState[state] });
    article.dataset.changed = state;
    return article;
  });
  ref(root, "rules").replaceChildren(...articles, ...left);
}
