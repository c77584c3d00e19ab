// The paper on the page: questions, the grid of their numbers, and the prediction, bound to a sheet.

import { copyOf, fill, ref } from "../dom.mjs";
import { unanswered } from "./sheet.mjs";
import { sheetWords } from "../words/round.mjs";

const anchor = (number) => `cau-${number}`;

/** A, B, C … in the shown order. */
const letterOf = (place) => `${String.fromCharCode(65 + place)}. `;

function optionOf(root, question, option, place, chosen) {
  const label = copyOf(ref(root, "option"), { letter: letterOf(place), text: option.text });
  const input = label.querySelector("input");
  input.type = question.choose === 1 ? "radio" : "checkbox";
  input.name = question.id;
  input.value = option.id;
  input.checked = chosen.includes(option.id);
  return label;
}

function questionOf(root, question, number, sheet, changed) {
  const chosen = sheet.answers[question.id] ?? [];
  const item = copyOf(ref(root, "question"), {
    number: sheetWords.question(number),
    text: question.text,
    choose: question.choose === 1 ? sheetWords.chooseOne : sheetWords.choose(question.choose),
  });
  item.id = anchor(number);
  item.tabIndex = -1;
  ref(item, "options").replaceChildren(...question.options.map((option, place) => optionOf(root, question, option, place, chosen)));
  item.addEventListener("change", ({ target }) => {
    const isOver = item.querySelectorAll("input:checked").length > question.choose;
    if (isOver) target.checked = false;
    sheet.answers[question.id] = [...item.querySelectorAll("input:checked")].map(({ value }) => value);
    changed();
    if (isOver) ref(item, "chosen").textContent = sheetWords.over(question.choose);
  });
  ref(item, "clear").addEventListener("click", () => {
    for (const input of item.querySelectorAll("input")) input.checked = false;
    sheet.answers[question.id] = [];
    changed();
    item.querySelector("input").focus();
  });
  return item;
}

function gridItem(root, number) {
  const item = copyOf(ref(root, "grid-item"), { number: String(number) });
  leadToQuestion(item.querySelector("a"), number);
  return item;
}

export function leadToQuestion(link, number) {
  link.href = `#${anchor(number)}`;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    goToQuestion(number);
  });
  return link;
}

export function goToQuestion(number) {
  const question = document.getElementById(anchor(number));
  question.scrollIntoView();
  question.focus({ preventScroll: true });
}

export function missingNumbers(sheet) {
  const blank = new Set(unanswered(sheet));
  return sheet.paper.questions.flatMap(({ id }, index) => (blank.has(id) ? [index + 1] : []));
}

function showState(root, sheet) {
  const missing = new Set(missingNumbers(sheet));
  const total = sheet.paper.questions.length;
  ref(root, "progress").textContent = sheetWords.progress(total - missing.size, total);
  sheet.paper.questions.forEach((question, index) => {
    const answered = !missing.has(index + 1);
    const link = ref(root, "grid").children[index].querySelector("a");
    link.dataset.answered = answered ? "yes" : "no";
    fill(link, { state: `, ${answered ? sheetWords.answered : sheetWords.unanswered}` });
    const chosen = (sheet.answers[question.id] ?? []).length;
    const item = document.getElementById(anchor(index + 1));
    ref(item, "clear").hidden = chosen === 0;
    ref(item, "chosen").textContent = question.choose > 1 ? `(${sheetWords.chosen(chosen, question.choose)})` : "";
  });
}

function showPrediction(root, sheet, changed) {
  const box = ref(root, "prediction");
  const { prediction } = sheet.paper;
  box.hidden = !prediction;
  if (!prediction) return;
  const isPercent = prediction.target === "perfect_percent";
  fill(box, { prompt: prediction.prompt });
  for (const hint of box.querySelectorAll("[data-target]")) hint.hidden = (hint.dataset.target === "percent") !== isPercent;
  const input = box.querySelector("input");
  input.inputMode = isPercent ? "decimal" : "numeric";
  input.value = sheet.prediction;
  input.addEventListener("input", () => {
    sheet.prediction = input.value;
    changed();
  });
}

/** `save` is called after each change, before the page shows it. */
export function drawPaper(root, sheet, save) {
  const changed = () => {
    save();
    showState(root, sheet);
  };
  const { questions } = sheet.paper;
  ref(root, "questions").replaceChildren(...questions.map((question, index) => questionOf(root, question, index + 1, sheet, changed)));
  ref(root, "grid").replaceChildren(...questions.map((_, index) => gridItem(root, index + 1)));
  showPrediction(root, sheet, changed);
  showState(root, sheet);
}
