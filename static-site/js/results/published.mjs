// What results of a round and of the contest have in common: waiting for them, their version, figures, files and
// history, and looking up one's own line.

import { countdown, me, now, readJson } from "../server.mjs";
import { fill, messageOf, newElement, ref, showView } from "../dom.mjs";
import { clearErrors, showErrors } from "../form.mjs";
import { decimal, percent } from "../figures.mjs";
import { integer, moment, span } from "../format.mjs";
import * as localStore from "../local-store.mjs";
import { cell, rowOf } from "./rows.mjs";
import { readCsv } from "./table.mjs";
import { words } from "../words/shared.mjs";
import { resultWords } from "../words/results.mjs";

/** A file that changes, past the cache; null while it is not there, for which S3 says 403. */
export async function readIfThere(path) {
  try {
    return await readJson(path, { fresh: true });
  } catch (error) {
    if (error.status === 404 || error.status === 403) return null;
    throw error;
  }
}

/** Until the minute `publishes` with `sentence`, then that it is on its way. */
export function showWaiting(root, publishes, sentence) {
  const due = now() >= Date.parse(publishes);
  const reloadSoon = () => setTimeout(() => location.reload(), 1000 + Math.random() * 9000); // everybody waits for this minute: spread
  fill(root, { waiting: due ? resultWords.soon : sentence });
  const box = ref(root, "countdown");
  box.hidden = due;
  if (due) reloadSoon();
  else countdown(publishes, (left) => {
    box.textContent = words.publishesIn(span(left));
    if (left === 0) reloadSoon();
  });
  showView(root, "waiting");
}

export function showStatus(root, status, statusWord, version) {
  fill(root, { statusWord, version });
  if (status === "official") ref(root, "status").dataset.kind = "good";
  root.querySelector("[data-text='statusWord']").dataset.phase = status;
}

export const showVersion = (root, { status, version, published_at }) =>
  showStatus(root, status, resultWords.status[status] ?? status, resultWords.version(version, moment(published_at)));

export const predicted = (value, target) => (target === "perfect_percent" ? percent(value) : decimal(value));

export function showTotals(root, { totals, prediction }) {
  fill(root, {
    registered: integer(totals.registered),
    contestants: integer(totals.contestants),
    attempts: integer(totals.attempts),
    perfectAttempts: integer(totals.perfect_attempts),
    perfectPercent: totals.perfect_attempts_percent ? resultWords.percent(percent(totals.perfect_attempts_percent)) : null,
    perfectContestants: integer(totals.perfect_contestants),
    predictionTarget: prediction ? resultWords.target[prediction.target] : null,
    predictionActual: prediction ? predicted(prediction.actual, prediction.target) : null,
  });
  ref(root, "actual-box").hidden = !prediction;
}

function fileItem(base, { name, size }) {
  const item = newElement("li");
  const link = newElement("a", { href: `/contests/${base}${encodeURI(name)}`, textContent: resultWords.files[name] ?? name });
  item.append(link, ` ${name}${size === undefined ? "" : `, ${resultWords.fileSize(integer(Math.ceil(size / 1024)))}`}`);
  return item;
}

export function showFiles(root, base, pointer, manifest) {
  const files = [{ name: "manifest.json" }, ...manifest.files];
  ref(root, "files").replaceChildren(...files.map((file) => fileItem(base, file)));
  fill(root, { manifestHash: pointer.manifest_sha256 });
}

export function showHistory(root, { history }) {
  const newestFirst = [...history].sort((a, b) => b.version - a.version);
  ref(root, "history").replaceChildren(...newestFirst.map((entry) =>
    rowOf(cell(resultWords.versionRow(entry.version), { head: true }), cell(moment(entry.published_at)), cell(entry.reason || resultWords.firstVersion))));
}

// ---- one's own

/** The signed-in person, or null; without an answer the page stays as it is for everyone. */
export async function readMine(contest) {
  if (!localStore.session(contest.id)) return null;
  try {
    return await me(contest.id);
  } catch {
    return null; // results are public: being signed out is no error here
  }
}

/** Codes of one's own unit and of those above it. */
export function ownUnits({ units }, mine) {
  const parents = new Map(units.map(({ code, parent }) => [code, parent]));
  const own = new Set();
  for (let code = mine?.unit; code && !own.has(code); code = parents.get(code)) own.add(code);
  return own;
}

/** The line of `code` in ranking.csv. The file may hold a million lines, so it is searched, not parsed. */
export function lineOf(ranking, code) {
  const header = ranking.slice(0, ranking.indexOf("\n") + 1);
  const at = ranking.indexOf(`,${code},`);
  if (at < 0) return null;
  const begin = ranking.lastIndexOf("\n", at) + 1;
  const end = ranking.indexOf("\n", at);
  return readCsv(header + ranking.slice(begin, end < 0 ? undefined : end))[0];
}

/** Looks up with `find(code)`, which gives a line or nothing; at once for the signed-in person. */
export function lookUp(root, find, says, mine) {
  const form = ref(root, "look-form");
  const answer = ref(root, "look-answer");
  const say = (text, kind) => {
    const box = newElement("p", { className: "ht-note", textContent: text });
    box.dataset.kind = kind;
    answer.replaceChildren(box);
  };
  const look = async (code, found, lost) => {
    try {
      const line = await find(code);
      say(line ? found(integer(line.rank), decimal(line.score)) : lost, line ? "good" : "plain");
      markRows(root, line ? code : null);
    } catch (error) {
      say(messageOf(error), "error");
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    const code = form.elements.code.value.replace(/[\s\u200b]+/g, "").toLowerCase(); // as it may be pasted
    if (!/^[\w-]+$/.test(code)) showErrors(form, [{ field: "code", message: resultWords.enterCode }]);
    else look(code, says.found, says.notFound);
  });
  if (!mine?.pseudonym) return;
  form.elements.code.value = mine.pseudonym;
  look(mine.pseudonym, says.mine, says.mineMissing);
}

function markRows(root, code) {
  for (const row of root.querySelectorAll("tr[data-code]")) row.toggleAttribute("data-mine", row.dataset.code === code);
}
