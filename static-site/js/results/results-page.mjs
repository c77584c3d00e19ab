// Published results of a round: the pointer, then the immutable files of its version, each for its own part of the page.
// What is said over the contest comes on demand.

import { contestJson, now, readJson, readText } from "../server.mjs";
import { fill, idFromAddress, load, missing, newElement, pageLink, part, ref, showView } from "../dom.mjs";
import { decimal, duration, exactMoment } from "../figures.mjs";
import { integer, moment } from "../format.mjs";
import { OVERALL, isOverContest } from "../overall.mjs";
import { contestLinks, offerRegistration, start } from "../page.mjs";
import { phaseOf, registrationState } from "../states.mjs";
import { lineOf, lookUp, ownUnits, predicted, readIfThere, readMine, showFiles, showHistory, showTotals, showVersion, showWaiting } from "./published.mjs";
import { cardRow, unitTable } from "./rows.mjs";
import { readCsv } from "./table.mjs";
import { resultWords } from "../words/results.mjs";

// ---- which round

/** The round asked for, else the last one published; with its pointer, or null while there is none. */
async function choose(contest, asked) {
  const candidates = asked ? contest.rounds.filter(({ id }) => id === asked) : [...contest.rounds].reverse();
  for (const round of candidates) {
    const pointer = phaseOf(round, now()) === "due" ? await readIfThere(`${contest.id}/rounds/${round.id}/index.json`) : null;
    if (pointer) return { round, pointer };
  }
  const waiting = asked ? candidates[0] : contest.rounds.find((round) => phaseOf(round, now()) !== "due") ?? contest.rounds.at(-1);
  return { round: waiting, pointer: null };
}

function linkTo(contest, { id, name }, chosen) {
  const link = newElement("a", { href: pageLink("results.html", { c: contest.id, r: id }), textContent: name, className: "ht-button ht-button--second" });
  if (id === chosen) link.setAttribute("aria-current", "page");
  return link;
}

/** `chosen` is the id of a round, or `overall`. */
function showHead(root, contest, chosen, title) {
  const over = isOverContest(contest) ? [{ id: OVERALL, name: resultWords.overall }] : [];
  const choices = [...contest.rounds, ...over];
  fill(root, { title, contestName: contest.name });
  document.title = `${title} – ${contest.name}`;
  ref(root, "round-links").hidden = choices.length < 2;
  ref(root, "round-links").replaceChildren(...choices.map((choice) => linkTo(contest, choice, chosen)));
}

// ---- winners and units

function showWinners(root, { winners, prediction }, units) {
  const unitNames = new Map(units.map(({ code, name }) => [code, name]));
  const table = ref(root, "winners").closest("table");
  ref(root, "no-winners").hidden = winners.length > 0;
  ref(root, "winners-frame").hidden = winners.length === 0;
  ref(root, "winners").replaceChildren(...winners.map((winner) => {
    const row = cardRow(table, [
      winner.prize, integer(winner.rank), winner.full_name, winner.unit_name ?? unitNames.get(winner.unit) ?? winner.unit, decimal(winner.score), predicted(winner.prediction, prediction?.target),
      decimal(winner.prediction_distance), duration(winner.duration_ms), exactMoment(winner.submitted_at),
    ]);
    row.dataset.code = winner.contestant;
    return row;
  }));
}

function showUnits(root, units, own) {
  const levels = [...new Set(units.map(({ level }) => level))];
  const select = root.querySelector("#level");
  const shown = () => units.filter(({ level }) => levels.length < 2 || level === select.value);
  ref(root, "level-row").hidden = levels.length < 2;
  select.replaceChildren(...levels.map((level) => new Option(resultWords.level[level] ?? level, level)));
  const draw = unitTable(ref(root, "units-table"), shown, own);
  select.addEventListener("change", draw);
  draw();
}

/** What is told of a later version alone. */
async function showLater(root, pointer, base, results) {
  ref(root, "changes-card").hidden = false;
  const { showChanges, showRecognition } = await import("./changes.mjs");
  showChanges(root, pointer, await results);
  const { files } = await readJson(`${base}manifest.json`);
  if (files.some(({ name }) => name === "decisions.json")) showRecognition(root, pointer, await readJson(`${base}decisions.json`));
}

async function showRound(root, contest, round, pointer) {
  const base = `${contest.id}/rounds/${round.id}/${pointer.path}`;
  const results = readJson(`${base}results.json`);
  const within = (name, work) => part(ref(root, name).closest("section"), work);
  showVersion(root, pointer);
  ref(root, "verify").href = pageLink("verify.html", { c: contest.id, r: round.id });
  const [mine] = await Promise.all([
    readMine(contest),
    within("actual-box", async () => showTotals(root, await results)),
    within("winners", async () => showWinners(root, await results, contest.units)),
    within("files", async () => showFiles(root, base, pointer, await readJson(`${base}manifest.json`))),
    within("history", () => showHistory(root, pointer)),
    pointer.version > 1 && within("changes", () => showLater(root, pointer, base, results)),
  ]);
  let ranking = null;
  showView(root, "ready");
  lookUp(root, async (code) => lineOf(await (ranking ??= readText(`${base}ranking.csv`)), code), resultWords, mine);
  await within("units", async () => showUnits(root, readCsv(await readText(`${base}units.csv`)), ownUnits(contest, mine)));
}

async function showOverall(root, contest) {
  showHead(root, contest, OVERALL, resultWords.overallTitle);
  const { showContest } = await import("./contest-results.mjs");
  await showContest(root, contest);
}

function resultsPage(root) {
  const id = idFromAddress("c");
  if (!id) return missing(root);
  contestLinks(root);
  return load(root, async () => {
    const contest = await contestJson(id);
    offerRegistration(registrationState(contest, now()) === "open");
    const asked = idFromAddress("r");
    if (asked === OVERALL && isOverContest(contest)) return showOverall(root, contest);
    const { round, pointer } = await choose(contest, asked);
    if (!round) return missing(root);
    showHead(root, contest, round.id, resultWords.title(round.name));
    if (pointer) await showRound(root, contest, round, pointer);
    else showWaiting(root, round.publishes, resultWords.waiting(moment(round.publishes)));
  });
}

start({ results: resultsPage });
