// Checking a round, or a whole contest, in this browser, from published files alone.

import { announce, fill, idFromAddress, load, missing, newElement, pageLink, part, ref, showView } from "../dom.mjs";
import { offerRegistration, start } from "../page.mjs";
import { registrationState } from "../states.mjs";
import { Broken } from "./files.mjs";
import { checkRound } from "./round.mjs";
import { verifyWords } from "../words/verify.mjs";

const grouped = new Intl.NumberFormat("vi-VN"); // format.mjs would bring dates along, and this page is heavy
const integer = (value) => grouped.format(value);
const EVERY_MS = 150; // between two drawings of the progress
const KINDS = { noKey: "note", round: "part" }; // other steps are good
const breathe = () => new Promise((resolve) => setTimeout(resolve));

/** A published file below contests/; large ones take their time. Pointers change, versions do not. */
async function readFile(path) {
  const cache = /\/v\d+\//.test(path) ? "default" : "no-cache";
  const answer = await fetch(`/contests/${path}`, { cache, credentials: "omit" });
  if (answer.status === 404 || answer.status === 403) return null; // S3 says 403 for a file that is not there
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

function sentenceOf(words, { file, why, detail }) {
  const text = [words.why[why] ?? why, detail].filter((part) => part !== "").join(" ");
  return file ? words.at(file, text) : text;
}

function addTo(list, text, kind) {
  const item = newElement("li", { textContent: text });
  item.dataset.kind = kind;
  list.append(item);
}

/** Says what holds as it is found, in `words`; returns what `work` has checked, or null. */
async function check(root, words, work) {
  const steps = ref(root, "steps");
  const bar = ref(root, "bar");
  let drawn = 0;
  const tell = async (step, ...figures) => {
    const [progress, said] = [words.progress[step], figures.map((figure) => (typeof figure === "number" ? integer(figure) : figure))];
    if (!progress) return addTo(steps, words.step[step](...said), KINDS[step] ?? "good");
    if (performance.now() - drawn < EVERY_MS) return undefined;
    drawn = performance.now();
    fill(root, { progress: progress(...said) });
    [bar.value, bar.max] = figures;
    return breathe();
  };
  const read = async (path) => {
    fill(root, { progress: words.progress.fetching(path.split("/").slice(1).join("/")) });
    return readFile(path);
  };
  try {
    const checked = await work(read, tell);
    for (const note of checked.notes) addTo(steps, words.note[note], "note");
    conclude(root, words.good, "good");
    return checked;
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    addTo(steps, sentenceOf(words, error), "error");
    conclude(root, words.broken, "error");
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

/** What is checked: a round, or without one every published round and what follows from them over the contest. */
async function checkingOf(contest, round) {
  if (round) return { words: verifyWords, work: (read, tell) => checkRound(read, contest, round, tell) };
  const [{ checkContest }, { contestWords }] = await Promise.all([import("./contest.mjs"), import("../words/verify-contest.mjs")]);
  return { words: contestWords, work: (read, tell) => checkContest(read, contest, tell) };
}

function verifyPage(root) {
  const query = new URLSearchParams(location.search);
  const [contest, asked] = [idFromAddress("c"), idFromAddress("r")];
  if (!contest || (!asked && query.has("r"))) return missing(root);
  const round = asked === "overall" ? null : asked;
  ref(root, "to-results").href = pageLink("results.html", { c: contest, r: round });
  return load(root, async () => {
    const bytes = await readFile(`${contest}/contest.json`);
    const told = bytes && JSON.parse(new TextDecoder().decode(bytes));
    const name = (round ? told?.rounds.find(({ id }) => id === round) : told)?.name;
    if (!name) return missing(root);
    // By this device's clock: the server is asked for nothing here but what everybody can fetch.
    offerRegistration(registrationState(told, Date.now()) === "open");
    if (query.has("p")) return (await import("./certificate.mjs")).showCertificate(root, told, asked, readFile);
    const { words, work } = await checkingOf(contest, round);
    const title = words.title(name);
    fill(root, { title, contestName: told.name, ...words.heading });
    document.title = `${title} – ${told.name}`;
    const [card, form] = [ref(root, "steps").closest("section"), ref(root, "form")];
    form.hidden = !round;
    showView(root, "ready");
    const checked = part(card, () => check(root, words, work));
    if (round) part(form, async () => (await import("./receipt-form.mjs")).receiptForm(root, checked, { integer, sentenceOf }));
  });
}

start({ verify: verifyPage });
