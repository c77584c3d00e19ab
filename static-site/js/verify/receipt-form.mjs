// The form in which the sheet of a receipt is looked for; it comes on demand, while the round is checked.

import { ref } from "../dom.mjs";
import { Broken } from "./files.mjs";
import { checkReceipt } from "./receipt.mjs";
import { restoreReceipt } from "./receipt-text.mjs";
import { verifyWords } from "../words/verify.mjs";

/** `checked`: the round, once it is; `says`: how the page writes numbers and faults. */
export function receiptForm(root, checked, says) {
  const form = ref(root, "form");
  const answer = ref(root, "receipt-answer");
  const look = async (text) => {
    const [said, kind] = await verdictOn(text, checked, says);
    answer.textContent = said;
    answer.dataset.kind = kind;
    answer.hidden = false;
    form.elements.receipt.setAttribute("aria-invalid", String(kind === "error"));
  };
  const take = async (file) => {
    if (!file) return;
    form.elements.receipt.value = await file.text();
    look(form.elements.receipt.value);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look(form.elements.receipt.value);
  });
  form.elements.file.addEventListener("change", () => take(form.elements.file.files[0]));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
}

async function verdictOn(receipt, checked, { integer, sentenceOf }) {
  if (receipt.trim() === "") return [verifyWords.receipt.empty, "error"];
  const { notes, fault } = restoreReceipt(receipt);
  if (fault) return [verifyWords.receipt[fault], "error"];
  const live = await checked;
  if (!live) return [verifyWords.receipt.first, "error"];
  try {
    const { line, verdict } = await checkReceipt(notes, live);
    const say = verdict === "good" ? verifyWords.receipt.good : verifyWords.receipt.unsigned;
    return [say(integer(line)), verdict === "good" ? "good" : "plain"];
  } catch (error) {
    return error instanceof Broken ? [sentenceOf(verifyWords, error), "error"] : [verifyWords.receipt.notOne, "error"];
  }
}
