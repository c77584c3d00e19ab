// The list of contests: running ones first, then those to come, then those that are over.

import { now, readJson, syncClock } from "../server.mjs";
import { copyOf, load, pageLink, ref, showView } from "../dom.mjs";
import { dates } from "../format.mjs";
import { start } from "../page.mjs";
import { contestPhase } from "../states.mjs";
import { contestWords } from "../words/contest.mjs";

const ORDER = ["open", "before", "over"];

function tile(template, contest, phase) {
  const item = copyOf(template, {
    phase: contestWords.phase[phase],
    name: contest.name,
    organizer: contest.organizer,
    period: dates(contest.opens, contest.closes),
  });
  item.querySelector("[data-text='phase']").dataset.phase = phase;
  item.querySelector("a").href = pageLink("contest.html", { c: contest.id });
  return item;
}

/** Before the first contest there is no list; S3 says 403 for a file that is not there. */
async function readContests() {
  try {
    return (await readJson("index.json", { fresh: true })).contests;
  } catch (error) {
    if (error.status === 404 || error.status === 403) return [];
    throw error;
  }
}

function contestList(root) {
  return load(root, async () => {
    const [contests] = await Promise.all([readContests(), syncClock().catch(() => {})]);
    const tiles = contests
      .map((contest) => ({ contest, phase: contestPhase(contest, now()) }))
      .sort((a, b) => ORDER.indexOf(a.phase) - ORDER.indexOf(b.phase) || Date.parse(b.contest.opens) - Date.parse(a.contest.opens))
      .map(({ contest, phase }) => tile(ref(root, "tile"), contest, phase));
    ref(root, "list").replaceChildren(...tiles);
    showView(root, tiles.length > 0 ? "ready" : "empty");
  });
}

start({ "contest-list": contestList });
