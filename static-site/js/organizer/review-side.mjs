// What to look at in a ranked round: the list that was made after closing, and how its questions were answered. Whatever is
// found goes into a proposal by one press; nobody is removed by a list.

import { copyOf, fill, messageOf, newElement, part, ref } from "../dom.mjs";
import { percent } from "../figures.mjs";
import { whileBusy } from "../form.mjs";
import { integer } from "../format.mjs";
import { reviewWords as words } from "../words/console-decisions.mjs";
import { read } from "./api.mjs";

const PAGE = 50; // lines of the list
const OPEN_UP_TO = 3; // so many people are shown without another press

export const nameOf = ({ full_name: name, code, contestant }) => words.person(name ?? words.erased, code ?? contestant);

/** A button that puts changes into the proposal, and leads to them once they are there. */
function taker(label, spoken, changesOf, { take, show }) {
  const button = newElement("button", { type: "button", className: "ht-link", textContent: label });
  button.setAttribute("aria-label", spoken);
  let taken = null;
  button.addEventListener("click", () => {
    if (taken !== null) return show(taken);
    taken = take(changesOf());
    button.textContent = words.added(taken + 1);
    button.removeAttribute("aria-label");
  });
  return button;
}

function personLine(person, round, proposal) {
  const line = copyOf(document.getElementById("t-review-person"), { who: nameOf(person), unit: person.unit_name });
  const change = () => [{ action: "disqualify", round, contestant: person.code ?? person.contestant }];
  if (proposal) ref(line, "take").append(taker(words.take, words.takeWhom(nameOf(person)), change, proposal));
  return line;
}

function reviewLine(mark, round, proposal) {
  const line = copyOf(document.getElementById("t-review"), {
    name: words.line(mark.number, mark.name),
    wins: mark.wins ? words.wins : "",
    sentence: mark.sentence,
    figures: mark.figures,
    count: words.people(integer(mark.people.length + mark.others)),
    others: mark.others ? words.others(integer(mark.others)) : "",
  });
  ref(line, "people").append(...mark.people.map((person) => personLine(person, round, proposal)));
  ref(line, "who").open = mark.people.length <= OPEN_UP_TO;
  ref(line, "who").hidden = mark.people.length === 0;
  if (proposal && mark.kind === "unbroken_tie") {
    const changes = () => mark.people.map((person, at) => ({ action: "order", round, contestant: person.code ?? person.contestant, place: at + 1 }));
    ref(line, "order").append(taker(words.order, words.order, changes, proposal));
  }
  return line;
}

function questionLine(question, round, proposal) {
  const line = copyOf(document.getElementById("t-item"), {
    title: words.question(question.question, question.right_percent && words.right(percent(question.right_percent))),
    look: question.remarks.length ? words.look : "",
    voided: question.voided ? words.voided : "",
    text: question.text,
    shown: words.shown(integer(question.shown)),
    blank: question.blank_percent ? words.blank(percent(question.blank_percent)) : "",
    remarks: question.remarks.join(" "),
  });
  ref(line, "options").append(...question.options.map(({ option, text, percent: share }) =>
    newElement("li", { textContent: words.option(option.toUpperCase(), text, share && percent(share)) })));
  if (proposal && !question.voided) {
    const change = (action) => () => [{ action, round, question: question.question }];
    ref(line, "take").append(taker(words.void, `${words.void} (${question.question})`, change("void"), proposal), taker(words.rekey, `${words.rekey} (${question.question})`, change("rekey"), proposal));
  }
  return line;
}

/** Those to look at first; the others in their order. */
const inOrderOfWeight = (questions) => [...questions].sort((a, b) => (b.remarks.length > 0) - (a.remarks.length > 0));

/** Shows a round's list and questions; `proposal` takes changes, null where nobody may propose. */
export function reviewSide(root, { contest, proposal }) {
  let shown = null; // only the round that was chosen last is drawn

  async function list(round) {
    const path = `contests/${contest}/rounds/${round}/review`;
    const place = ref(root, "review");
    const more = ref(root, "review-more");
    place.replaceChildren();
    more.hidden = true;
    fill(root, { reviewNote: "", reviewFailed: "" });
    let last = null; // the page of the list that was drawn last
    const draw = (page) => {
      if (shown !== round) return;
      last = page;
      fill(root, { reviewNote: words.note(page.note, page.total ? integer(page.total) : null, page.left_out && integer(page.left_out)), reviewFailed: "" });
      place.append(...page.lines.map((mark) => reviewLine(mark, round, proposal)));
      more.hidden = page.next === null;
      if (page.next !== null) more.textContent = words.more(integer(Math.min(PAGE, page.total - page.next + 1)));
    };
    more.onclick = async () => {
      let next = null;
      await whileBusy(more, async () => (next = await read(`${path}/${last.next}`))).catch((error) => fill(root, { reviewFailed: messageOf(error) }));
      if (next) draw(next); // after the busy button has its label again
    };
    draw(await read(path));
  }

  async function items(round) {
    const place = ref(root, "items");
    place.replaceChildren();
    const { questions } = await read(`contests/${contest}/rounds/${round}/items`);
    if (shown === round) place.append(...inOrderOfWeight(questions).map((question) => questionLine(question, round, proposal)));
  }

  return {
    async show(round) {
      shown = round;
      await Promise.all([part(ref(root, "review-part"), () => list(round)), part(ref(root, "items-part"), () => items(round))]);
    },
  };
}
