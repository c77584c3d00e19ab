// Published results of a round: the pointer, then the immutable files of its version, each for its own part of the page.

import { contestJson, countdown, me, now, readJson, readText } from "../server.mjs";
import { announce, fill, idFromAddress, load, messageOf, missing, newElement, pageLink, part, ref, showView } from "../dom.mjs";
import { clearErrors, showErrors } from "../form.mjs";
import { decimal, duration, exactMoment, percent } from "../figures.mjs";
import { integer, moment, span } from "../format.mjs";
import * as localStore from "../local-store.mjs";
import { contestLinks, offerRegistration, start } from "../page.mjs";
import { phaseOf, registrationState } from "../states.mjs";
import { readCsv, sortable, sortRows } from "./table.mjs";
import { words } from "../words/shared.mjs";
import { resultWords } from "../words/results.mjs";

const none = resultWords.noPrize;

function cell(text, { number = false, label, head = false, role } = {}) {
  const element = newElement(head ? "th" : "td", { textContent: text ?? none });
  if (head) element.scope = "row";
  if (number) element.dataset.number = "";
  if (label) element.dataset.label = label;
  if (role) element.setAttribute("role", role);
  return element;
}

function rowOf(...cells) {
  const row = newElement("tr");
  row.append(...cells);
  return row;
}

// ---- which round

/** The round asked for, else the last one published; with its pointer, or null while there is none. */
async function choose(contest) {
  const asked = idFromAddress("r");
  const candidates = asked ? contest.rounds.filter(({ id }) => id === asked) : [...contest.rounds].reverse();
  for (const round of candidates) {
    const pointer = phaseOf(round, now()) === "due" ? await pointerOf(contest, round) : null;
    if (pointer) return { round, pointer };
  }
  const waiting = asked ? candidates[0] : contest.rounds.find((round) => phaseOf(round, now()) !== "due") ?? contest.rounds.at(-1);
  return { round: waiting, pointer: null };
}

async function pointerOf(contest, round) {
  try {
    return await readJson(`${contest.id}/rounds/${round.id}/index.json`, { fresh: true });
  } catch (error) {
    if (error.status === 404 || error.status === 403) return null; // S3 says 403 for a file that is not there
    throw error;
  }
}

function roundLinks(root, contest, chosen) {
  ref(root, "round-links").hidden = contest.rounds.length < 2;
  ref(root, "round-links").replaceChildren(...contest.rounds.map((round) => {
    const link = newElement("a", { href: pageLink("results.html", { c: contest.id, r: round.id }), textContent: round.name, className: "ht-button ht-button--second" });
    if (round.id === chosen.id) link.setAttribute("aria-current", "page");
    return link;
  }));
}

function showWaiting(root, round) {
  const due = phaseOf(round, now()) === "due";
  const reloadSoon = () => setTimeout(() => location.reload(), 1000 + Math.random() * 9000); // everybody waits for this minute: spread
  fill(root, { waiting: due ? resultWords.soon : resultWords.waiting(moment(round.publishes)) });
  const box = ref(root, "countdown");
  box.hidden = due;
  if (due) reloadSoon();
  else countdown(round.publishes, (left) => {
    box.textContent = words.publishesIn(span(left));
    if (left === 0) reloadSoon();
  });
  showView(root, "waiting");
}

// ---- figures, winners, units, files

function showTotals(root, { totals, prediction }) {
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

const predicted = (value, target) => (target === "perfect_percent" ? percent(value) : decimal(value));

function showWinners(root, { winners, prediction }, units) {
  const unitNames = new Map(units.map(({ code, name }) => [code, name]));
  const target = prediction?.target;
  const labels = [...ref(root, "winners-frame").querySelectorAll("th")].map((head) => head.textContent);
  ref(root, "no-winners").hidden = winners.length > 0;
  ref(root, "winners-frame").hidden = winners.length === 0;
  ref(root, "winners").replaceChildren(...winners.map((winner) => {
    const texts = [
      winner.prize, integer(winner.rank), winner.full_name, winner.unit_name ?? unitNames.get(winner.unit) ?? winner.unit, decimal(winner.score), predicted(winner.prediction, target),
      decimal(winner.prediction_distance), duration(winner.duration_ms), exactMoment(winner.submitted_at),
    ];
    const row = rowOf(...texts.map((text, column) => cell(text, { number: column === 1 || (column > 3 && column < 8), label: labels[column], head: column === 2, role: column === 2 ? "rowheader" : "cell" })));
    row.setAttribute("role", "row");
    row.dataset.code = winner.contestant;
    return row;
  }));
}

function unitRow(unit, mine) {
  const figures = [decimal(unit.members), decimal(unit.contestants), decimal(unit.attempts), decimal(unit.perfect_contestants), decimal(unit.mean_score), percent(unit.rate_percent)];
  const row = rowOf(
    cell(unit.rank || null, { number: true }), cell(unit.name, { head: true }),
    ...figures.map((text) => cell(text, { number: true })), cell(unit.prize || null),
  );
  if (unit.unit === mine) row.dataset.mine = "";
  return row;
}

function showUnits(root, units, mine) {
  const state = { key: "rank", down: false, level: "" };
  const levels = [...new Set(units.map(({ level }) => level))];
  const draw = () => {
    const shown = units.filter(({ level }) => state.level === "" || level === state.level);
    ref(root, "units").replaceChildren(...sortRows(shown, state.key, state.down).map((unit) => unitRow(unit, mine)));
  };
  ref(root, "level-row").hidden = levels.length < 2;
  const select = root.querySelector("#level");
  select.replaceChildren(...levels.map((level) => new Option(resultWords.level[level] ?? level, level)));
  if (levels.length > 1) [state.level] = levels;
  select.addEventListener("change", () => {
    state.level = select.value;
    draw();
  });
  sortable(ref(root, "units-table"), (key, down, column) => {
    Object.assign(state, { key, down });
    draw();
    announce(resultWords.sorted(column, down));
  });
  draw();
}

function fileItem(contest, round, pointer, { name, size }) {
  const item = newElement("li");
  const href = `/contests/${contest.id}/rounds/${round.id}/${pointer.path}${encodeURI(name)}`;
  const link = newElement("a", { href, textContent: resultWords.files[name] ?? name });
  item.append(link, ` ${name}${size === undefined ? "" : `, ${resultWords.fileSize(integer(Math.ceil(size / 1024)))}`}`);
  return item;
}

function showFiles(root, contest, round, pointer, manifest) {
  const files = [{ name: "manifest.json" }, ...manifest.files];
  ref(root, "files").replaceChildren(...files.map((file) => fileItem(contest, round, pointer, file)));
  fill(root, { manifestHash: pointer.manifest_sha256 });
  ref(root, "verify").href = pageLink("verify.html", { c: contest.id, r: round.id });
}

function showHistory(root, { history }) {
  const newestFirst = [...history].sort((a, b) => b.version - a.version);
  ref(root, "history").replaceChildren(...newestFirst.map((entry) =>
    rowOf(cell(resultWords.versionRow(entry.version), { head: true }), cell(moment(entry.published_at)), cell(entry.reason || resultWords.firstVersion))));
}

// ---- one's own rank

/** The line of `code` in ranking.csv. The file may hold a million lines, so it is searched, not parsed. */
function lineOf(ranking, code) {
  const header = ranking.slice(0, ranking.indexOf("\n") + 1);
  const at = ranking.indexOf(`,${code},`);
  if (at < 0) return null;
  const begin = ranking.lastIndexOf("\n", at) + 1;
  const end = ranking.indexOf("\n", at);
  return readCsv(header + ranking.slice(begin, end < 0 ? undefined : end))[0];
}

function lookUp(root, readRanking) {
  const form = ref(root, "look-form");
  const answer = ref(root, "look-answer");
  const say = (text, kind) => {
    const box = newElement("p", { className: "ht-note", textContent: text });
    box.dataset.kind = kind;
    answer.replaceChildren(box);
  };
  const look = async (code, found, lost) => {
    try {
      const line = lineOf(await readRanking(), code);
      say(line ? found(integer(line.rank), decimal(line.score)) : lost, line ? "good" : "plain");
      markWinner(root, line ? code : null);
    } catch (error) {
      say(messageOf(error), "error");
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    const code = form.elements.code.value.replace(/[\s\u200b]+/g, "").toLowerCase(); // as it may be pasted
    if (!/^[\w-]+$/.test(code)) showErrors(form, [{ field: "code", message: resultWords.enterCode }]);
    else look(code, resultWords.found, resultWords.notFound);
  });
  return look;
}

function markWinner(root, code) {
  for (const row of ref(root, "winners").children) row.toggleAttribute("data-mine", code !== null && row.dataset.code === code);
}

/** Fills in the signed-in person's own rank and unit; without an answer the page stays as it is for everyone. */
async function readMine(contest) {
  if (!localStore.session(contest.id)) return null;
  try {
    return await me(contest.id);
  } catch {
    return null; // results are public: being signed out is no error here
  }
}

/** What is told of a later version alone. */
async function showLater(root, pointer, base, results) {
  ref(root, "changes-card").hidden = false;
  const { showChanges, showRecognition } = await import("./changes.mjs");
  showChanges(root, pointer, await results);
  const { files } = await readJson(`${base}manifest.json`);
  if (files.some(({ name }) => name === "decisions.json")) showRecognition(root, pointer, await readJson(`${base}decisions.json`));
}

async function showVersion(root, contest, round, pointer) {
  const base = `${contest.id}/rounds/${round.id}/${pointer.path}`;
  const results = readJson(`${base}results.json`);
  const within = (name, work) => part(ref(root, name).closest("section"), work);
  const word = resultWords.status[pointer.status] ?? pointer.status;
  fill(root, { statusWord: word, version: resultWords.version(pointer.version, moment(pointer.published_at)) });
  root.querySelector("[data-text='statusWord']").dataset.phase = pointer.status;
  const [mine] = await Promise.all([
    readMine(contest),
    within("actual-box", async () => showTotals(root, await results)),
    within("winners", async () => showWinners(root, await results, contest.units)),
    within("files", async () => showFiles(root, contest, round, pointer, await readJson(`${base}manifest.json`))),
    within("history", () => showHistory(root, pointer)),
    pointer.version > 1 && within("changes", () => showLater(root, pointer, base, results)),
  ]);
  let ranking = null;
  const look = lookUp(root, () => (ranking ??= readText(`${base}ranking.csv`)));
  showView(root, "ready");
  if (mine?.pseudonym) {
    ref(root, "look-form").elements.code.value = mine.pseudonym;
    look(mine.pseudonym, resultWords.mine, resultWords.mineMissing);
  }
  await within("units", async () => showUnits(root, readCsv(await readText(`${base}units.csv`)), mine?.unit));
}

function resultsPage(root) {
  const id = idFromAddress("c");
  if (!id) return missing(root);
  contestLinks(root);
  return load(root, async () => {
    const contest = await contestJson(id);
    offerRegistration(registrationState(contest, now()) === "open");
    const { round, pointer } = await choose(contest);
    if (!round) return missing(root);
    const title = resultWords.title(round.name);
    fill(root, { title, contestName: contest.name });
    document.title = `${title} – ${contest.name}`;
    roundLinks(root, contest, round);
    if (pointer) await showVersion(root, contest, round, pointer);
    else showWaiting(root, round);
  });
}

start({ results: resultsPage });
