// Results over the whole contest: the standings while rounds are still to come, after the last one the version that is
// published, with who won. Loaded on demand.

import { readJson, readText } from "../server.mjs";
import { copyOf, fill, focusOn, newElement, part, ref, showView } from "../dom.mjs";
import { decimal, duration } from "../figures.mjs";
import { integer, moment } from "../format.mjs";
import { OVERALL } from "../overall.mjs";
import { recognizedBy, showChanges, unitChanges } from "./changes.mjs";
import { lineOf, lookUp, ownUnits, readIfThere, readMine, showFiles, showHistory, showStatus, showTotals, showVersion, showWaiting } from "./published.mjs";
import { cardRow, textRow, unitTable } from "./rows.mjs";
import { contestWords } from "../words/contest.mjs";
import { overallWords } from "../words/overall.mjs";
import { resultWords } from "../words/results.mjs";

const MOST_LINES = 1000; // of the ranking in standings.json
const LINES_AT_FIRST = 20;
const MORE_LINES = 100;

const names = (contest, ids) => ids.map((id) => contest.rounds.find((round) => round.id === id)?.name ?? id);
const sectionOf = (root, name) => ref(root, name).closest("section");

/** The version that `pointer` names; what it holds is asked for at once. */
function editionOf(contest, pointer) {
  const folder = `${contest.id}/${OVERALL}/`;
  const base = folder + pointer.path;
  return { pointer, folder, base, results: readJson(`${base}results.json`), manifest: readJson(`${base}manifest.json`) };
}

// ---- how final it is

function showProvisional(root, contest, { rounds }) {
  const last = contest.rounds.at(-1);
  const published = overallWords.provisional(names(contest, rounds).join(", "), rounds.length, contest.rounds.length, moment(last.publishes));
  showStatus(root, "provisional", overallWords.provisionalStatus, published);
  for (const name of ["actual-box", "files", "history"]) sectionOf(root, name).hidden = true;
}

/** Standings are replaced after the version is published, so for a moment they follow from an older one. */
const areBehind = (standings, { version, follows }) =>
  [...follows, { round: OVERALL, version }].some((line) => standings.follows.find(({ round }) => round === line.round)?.version !== line.version);

/** The decisions by which the rounds were made official, and the contest as a whole, each once. */
async function decisionsOf(contest, { follows, files: told }, base) {
  const folders = follows.map(({ round, version }) => `${contest.id}/rounds/${round}/v${version}/`);
  if (told.some(({ name }) => name === "decisions.json")) folders.push(base);
  const files = await Promise.all(folders.map((folder) => readIfThere(`${folder}decisions.json`)));
  return [...new Set(files.map((file) => file && recognizedBy(file)).filter(Boolean))];
}

async function showStanding(root, contest, standings, { pointer, base, manifest: told }) {
  showVersion(root, pointer);
  const manifest = await told;
  const follows = manifest.follows.map(({ round, version }) => overallWords.roundVersion(names(contest, [round])[0], version));
  fill(root, { follows: overallWords.follows(follows), behind: areBehind(standings, manifest) ? overallWords.behind : null });
  const decisions = pointer.status === "official" ? await decisionsOf(contest, manifest, base) : [];
  const recognition = ref(root, "recognition");
  recognition.hidden = pointer.status === "official" && decisions.length === 0;
  recognition.textContent = decisions.length ? overallWords.recognized(decisions) : overallWords.notRecognized;
}

async function showLater(root, { pointer, folder, results: told }) {
  const before = pointer.history.at(-2).version;
  const [results, earlier] = await Promise.all([told, readJson(`${folder}v${before}/results.json`)]);
  showChanges(root, pointer, { ...results, changes: [...results.changes, ...unitChanges(earlier, results)] });
}

async function showEdition(root, contest, standings, edition) {
  const { pointer, base, results, manifest } = edition;
  ref(root, "verify").parentElement.hidden = true;
  ref(root, "changes-card").hidden = pointer.version === 1;
  await Promise.all([
    part(ref(root, "status"), () => showStanding(root, contest, standings, edition)),
    part(sectionOf(root, "actual-box"), async () => showTotals(root, await results)),
    part(sectionOf(root, "files"), async () => showFiles(root, base, pointer, await manifest)),
    part(sectionOf(root, "history"), () => showHistory(root, pointer)),
    pointer.version > 1 && part(ref(root, "changes-card"), () => showLater(root, edition)),
  ]);
}

// ---- who won

async function showWinners(section, unitNames, told) {
  const { winners } = await told;
  const table = section.querySelector("table");
  section.hidden = winners.length === 0;
  table.tBodies[0].replaceChildren(...winners.map((winner) => {
    const unit = winner.unit_name ?? unitNames.get(winner.unit) ?? winner.unit;
    const row = cardRow(table, [winner.prize, integer(winner.rank), winner.full_name, unit, decimal(winner.score), integer(winner.perfect_attempts), duration(winner.duration_ms)]);
    row.dataset.code = winner.contestant;
    return row;
  }));
}

function showUnitWinners(list, winners) {
  const prizes = [...new Set(winners.map(({ prize }) => prize))];
  const unitsWith = (wanted) => winners.filter(({ prize }) => prize === wanted).map(({ name }) => name);
  list.hidden = winners.length === 0;
  list.replaceChildren(...prizes.flatMap((prize) =>
    [newElement("dt", { textContent: prize }), newElement("dd", { textContent: unitsWith(prize).join("; ") })]));
}

/** Columns in which no unit has anything are left out. */
function dropEmptyColumns(table, units) {
  for (const head of [...table.querySelectorAll("th[data-key]")]) {
    if (units.every((unit) => unit[head.dataset.key] === "")) head.remove();
  }
}

async function showCompetition(section, rules, units, { own, results, titled }) {
  const title = titled([rules.level].flat().map((level) => resultWords.level[level] ?? level));
  const table = section.querySelector("table");
  table.parentElement.ariaLabel = overallWords.table(title);
  fill(section, { title, how: contestWords.collectiveHow(rules.measure, rules.scope, rules.min_rate_percent) });
  dropEmptyColumns(table, units);
  unitTable(table, () => units, own)();
  const { collective } = await results;
  showUnitWinners(ref(section, "unit-winners"), collective.find(({ id }) => id === rules.id)?.winners ?? []);
}

// ---- the ranking

function personRow(table, unitNames, line) {
  const texts = [integer(line.rank), line.full_name ?? line.contestant, decimal(line.score), integer(line.perfect_attempts), duration(line.duration_ms), unitNames.get(line.unit) ?? line.unit];
  const row = textRow(table, texts);
  row.dataset.code = line.contestant;
  return row;
}

/** A page of lines at first and more at a press: an old phone draws no thousand rows at once. */
function showRanking(section, unitNames, lines) {
  const table = section.querySelector("table");
  const rows = table.tBodies[0].rows;
  const more = ref(section, "more");
  const add = (count) => {
    table.tBodies[0].append(...lines.slice(rows.length, rows.length + count).map((line) => personRow(table, unitNames, line)));
    more.hidden = rows.length === lines.length;
  };
  fill(section, { shownLines: lines.length === MOST_LINES ? overallWords.mostLines(integer(MOST_LINES)) : null });
  more.addEventListener("click", () => {
    const first = rows.length;
    add(MORE_LINES);
    focusOn(rows[first].querySelector("th"));
  });
  add(LINES_AT_FIRST);
}

/** Finds the line of a code in what is here already, and in the whole ranking only where that holds more. */
function finder(lines, edition) {
  let ranking = null;
  return async (code) => {
    const here = lines.find(({ contestant }) => contestant === code);
    if (here || !edition || lines.length < MOST_LINES) return here;
    return lineOf(await (ranking ??= readText(`${edition.base}ranking.csv`)), code);
  };
}

// ---- the page

/** Puts a copy of a template for the contest into `place`, named by its heading. */
function added(root, template, place, number) {
  const section = copyOf(ref(root, template));
  const heading = section.querySelector("h2");
  heading.id = `${template}-${number}`;
  section.setAttribute("aria-labelledby", heading.id);
  place.append(section);
  return section;
}

/** No figure is an empty text, as in CSV. */
const withoutNull = (unit) => Object.fromEntries(Object.entries(unit).map(([key, value]) => [key, value ?? ""]));

function showParts(root, contest, standings, { edition, own }) {
  const unitNames = new Map(contest.units.map(({ code, name }) => [code, name]));
  const results = edition?.results ?? { winners: [], collective: [] };
  const place = ref(root, "over-contest");
  const winners = added(root, "contest-winners", place, 0);
  const parts = [part(winners, () => showWinners(winners, unitNames, results))];
  standings.collective.forEach(({ id, units }, number) => {
    const section = added(root, "competition", place, number);
    const rules = contest.collective.find((known) => known.id === id);
    const titled = (levels) => overallWords.competition(Boolean(edition), standings.collective.length > 1 ? number + 1 : null, levels);
    parts.push(part(section, () => showCompetition(section, rules, units.map(withoutNull), { own, results, titled })));
  });
  if (standings.overall?.length) {
    const ranking = added(root, "contest-ranking", place, 0);
    parts.push(part(ranking, () => showRanking(ranking, unitNames, standings.overall)));
    sectionOf(root, "look-form").after(ranking);
  }
  return Promise.all(parts);
}

export async function showContest(root, contest) {
  const [first] = contest.rounds;
  const standings = await readIfThere(`${contest.id}/standings.json`);
  if (!standings) return showWaiting(root, first.publishes, overallWords.waiting(first.name, moment(first.publishes)));
  const pointer = standings.status === "final" ? await readIfThere(`${contest.id}/${OVERALL}/index.json`) : null;
  const edition = pointer && editionOf(contest, pointer);
  for (const name of ["winners", "units"]) sectionOf(root, name).hidden = true;
  sectionOf(root, "look-form").hidden = !standings.overall;
  ref(root, "over-contest").hidden = false;
  const [mine] = await Promise.all([
    readMine(contest),
    edition ? showEdition(root, contest, standings, edition) : showProvisional(root, contest, standings),
  ]);
  await showParts(root, contest, standings, { edition, own: ownUnits(contest, mine) });
  showView(root, "ready");
  if (standings.overall) lookUp(root, finder(standings.overall, edition), overallWords, mine);
}
