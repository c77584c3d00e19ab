// Checking a round in this browser, from its published files alone; and looking for the sheet of a receipt.

import { announce, fill, idFromAddress, load, missing, newElement, pageLink, part, ref, showView } from "../dom.mjs";
import { offerRegistration, start } from "../page.mjs";
import { restoreReceipt } from "./receipt-text.mjs";
import { registrationState } from "../states.mjs";
import { Broken } from "./files.mjs";
import { checkReceipt, checkRound } from "./round.mjs";
import { verifyWords } from "../words/verify.mjs";

const grouped = new Intl.NumberFormat("vi-VN"); // format.mjs would bring dates along, and this page is heavy
const integer = (value) => grouped.format(value);
const EVERY_MS = 150; // between two drawings of the progress
const breathe = () => new Promise((resolve) => setTimeout(resolve));

/** A published file below contests/; large ones take their time. Pointers change, versions do not. */
async function readFile(path) {
  const cache = /\/v\d+\//.test(path) ? "default" : "no-cache";
  const answer = await fetch(`/contests/${path}`, { cache, credentials: "omit" });
  if (answer.status === 404 || answer.status === 403) return null; // S3 says 403 for a file that is not there
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

function addTo(list, text, kind) {
  const item = newElement("li", { textContent: text });
  item.dataset.kind = kind;
  list.append(item);
}

function sentenceOf({ file, why, detail }) {
  const text = [verifyWords.why[why] ?? why, detail].filter((part) => part !== "").join(" ");
  return file ? verifyWords.at(file, text) : text;
}

/** Says what holds as it is found; returns the checked version, or null. */
async function check(root, contest, round) {
  const steps = ref(root, "steps");
  const bar = ref(root, "bar");
  let drawn = 0;
  const tell = async (step, ...figures) => {
    const progress = verifyWords.progress[step];
    if (!progress) return addTo(steps, verifyWords.step[step](...figures.map((figure) => integer(figure))), step === "noKey" ? "note" : "good");
    if (performance.now() - drawn < EVERY_MS) return undefined;
    drawn = performance.now();
    fill(root, { progress: progress(...figures.map((figure) => integer(figure))) });
    [bar.value, bar.max] = figures;
    return breathe();
  };
  const read = async (path) => {
    fill(root, { progress: verifyWords.progress.fetching(path.split("/").slice(1).join("/")) });
    return readFile(path);
  };
  try {
    const live = await checkRound(read, contest, round, tell);
    for (const note of live.notes) addTo(steps, verifyWords.note[note], "note");
    conclude(root, verifyWords.good, "good");
    return live;
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    addTo(steps, sentenceOf(error), "error");
    conclude(root, verifyWords.broken, "error");
    return null;
  }
}

function conclude(root, text, kind) {
  ref(root, "running").hidden = true;
  fill(root, { verdict: text });
  ref(root, "verdict").dataset.kind = kind;
  ref(root, "verdict").hidden = false;
  announce(text);
}

function receiptForm(root, checked) {
  const form = ref(root, "form");
  const answer = ref(root, "receipt-answer");
  const look = async (text) => {
    const [said, kind] = await verdictOn(text, checked);
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

async function verdictOn(receipt, checked) {
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
    return error instanceof Broken ? [sentenceOf(error), "error"] : [verifyWords.receipt.notOne, "error"];
  }
}

function verifyPage(root) {
  const [contest, round] = [idFromAddress("c"), idFromAddress("r")];
  if (!contest || !round) return missing(root);
  ref(root, "to-results").href = pageLink("results.html", { c: contest, r: round });
  return load(root, async () => {
    const bytes = await readFile(`${contest}/contest.json`);
    const told = bytes && JSON.parse(new TextDecoder().decode(bytes));
    const name = told?.rounds.find(({ id }) => id === round)?.name;
    if (!name) return missing(root);
    // By this device's clock: the server is asked for nothing here but what everybody can fetch.
    offerRegistration(registrationState(told, Date.now()) === "open");
    const title = verifyWords.title(name);
    fill(root, { title, contestName: told.name });
    document.title = `${title} – ${told.name}`;
    showView(root, "ready");
    receiptForm(root, part(ref(root, "steps").closest("section"), () => check(root, contest, round)));
  });
}

start({ verify: verifyPage });
