// The first page of the console: whoever has a slip enrols, whoever has an account signs in, and then the contests with what
// each of them still lacks.

import { copyOf, fill, idFromAddress, load, newElement, pageLink, part, ref, showView } from "../dom.mjs";
import { integer, span } from "../format.mjs";
import { start } from "../page.mjs";
import { consoleWords, homeWords as words } from "../words/console.mjs";
import { announcements } from "./announcements.mjs";
import { read } from "./api.mjs";
import { enrolment, invitationInAddress } from "./enrol.mjs";
import { showHealth } from "./health.mjs";
import { consoleNav } from "./nav.mjs";
import { demoInAddress } from "./demo.mjs";
import { may } from "./roles.mjs";
import { moment, momentAndLeft } from "./time.mjs";

/** Where a line of the checklist is cured, and who may. */
const CURES = {
  plan: ["plan.html", "writeFiles"],
  public: ["preview.html"],
  bank: ["banks.html", "readBankReport"],
  units: ["people.html", "writeFiles"],
  excluded: ["people.html", "writeFiles"],
  excluded_names: ["people.html", "writeFiles"],
  two_leads: ["settings.html", "managePeople"],
};
/** The page that shows what is wrong with a file, and who may see it. */
const pageOfFile = (name) => (name.startsWith("announcements.") ? ["index.html"] : name === "contest.toml" ? ["plan.html", "readFiles"] : name.startsWith("bank") ? ["banks.html", "readBankReport"] : ["people.html", "readFiles"]);

function contestTile({ id, name, organizer, phase }) {
  const tile = copyOf(document.getElementById("t-contest"), { name: name ?? id, organizer, phase: consoleWords.phase[phase] });
  ref(tile, "phase").dataset.phase = phase;
  ref(tile, "link").href = pageLink("organizer/index.html", { c: id });
  return tile;
}

async function showContests(root, me) {
  const { contests } = await read("contests");
  ref(root, "contests").replaceChildren(...contests.map(contestTile));
  ref(root, "no-contest").hidden = contests.length > 0;
  ref(root, "new-contest").hidden = !may(me, "writeFiles", null);
  showView(root, "contests");
  await showHealth(root, me, contests);
}

/** In one line: until when a round is as it is. */
function roundLine(round, { now, time_zone: zone }) {
  const at = (time) => momentAndLeft(time, zone, now);
  return {
    ahead: () => words.opens(at(round.opens)),
    open: () => words.closes(at(round.closes)),
    closing: () => words.closed(moment(round.closes, zone)),
    ranked: () => words.publishes(at(round.publishes)),
    published: () => words.publishedVersion(round.version),
  }[round.phase]();
}

function roundCard(round, seen) {
  const sealed = round.key_commitment && words.sealed(integer(round.questions));
  const card = copyOf(document.getElementById("t-round"), { name: round.name, phase: consoleWords.round[round.phase], line: roundLine(round, seen), sealed: sealed ?? words.noBank });
  ref(card, "phase").dataset.phase = round.phase;
  if (["open", "closing"].includes(round.phase)) card.setAttribute("aria-current", "step");
  return card;
}

function checkLine({ code, is_met: isMet, text }, me, contest) {
  const line = copyOf(document.getElementById("t-check"), { state: isMet ? words.met : words.unmet, text });
  line.dataset.kind = isMet ? "good" : "open";
  const [page, action] = CURES[code] ?? [];
  if (isMet || !page || (action && !may(me, action, contest))) return line;
  ref(line, "cure").append(newElement("a", { href: pageLink(`organizer/${page}`, { c: contest }), textContent: words.cure[code] }));
  return line;
}

function fileRow(file, me, contest, { now, time_zone: zone }) {
  const passed = Date.parse(now) - Date.parse(file.uploaded_at);
  const row = copyOf(document.getElementById("t-file"), {
    state: consoleWords.status[file.status],
    faults: words.faults(file.errors, file.warnings),
    uploaded: passed > 0 ? words.ago(moment(file.uploaded_at, zone), span(passed)) : moment(file.uploaded_at, zone),
  });
  ref(row, "state").dataset.kind = file.status;
  const [page, action] = pageOfFile(file.name);
  ref(row, "name").append(!action || may(me, action, contest) ? newElement("a", { href: pageLink(`organizer/${page}`, { c: contest }), textContent: file.name }) : file.name);
  return row;
}

function proposalLine({ id, kind, reason, proposed_by: by, proposed_at: at, waits_for: waits }, { zone, contest, isRead }) {
  const { kind: kinds, waits: waiting, line, someone, open, openOf } = words.proposal;
  const item = newElement("li", { textContent: `${line(kinds[kind] ?? kind, reason, by?.name ?? someone, moment(at, zone), waiting[waits])} ` });
  if (!isRead) return item;
  const link = newElement("a", { href: pageLink("organizer/decisions.html", { c: contest, p: id }), textContent: open });
  link.setAttribute("aria-label", openOf(reason));
  item.append(link);
  return item;
}

/** A draft is seen here alone, what is public at its own address. */
function showPublicLink(root, { id, phase, rounds }) {
  const isDraft = phase === "draft";
  const link = ref(root, "see-public");
  link.hidden = rounds.length === 0;
  link.firstElementChild.href = pageLink(isDraft ? "organizer/preview.html" : "contest.html", { c: id });
  fill(root, { seePublic: isDraft ? words.seeDraft : words.seePublic });
}

async function showContest(root, id, me) {
  const seen = await read(`contests/${id}`);
  const unmet = seen.checklist.filter((check) => !check.is_met).length;
  fill(root, {
    contestName: seen.name ?? id,
    contestPhase: consoleWords.phase[seen.phase],
    asOf: words.asOf(moment(seen.now, seen.time_zone)),
    erases: seen.erases_at && (seen.erases_at > seen.now ? words.erases : words.erased)(moment(seen.erases_at, seen.time_zone)),
    ready: unmet ? words.notReady(unmet) : words.ready,
  });
  ref(root, "contest-phase").dataset.phase = seen.phase;
  showPublicLink(root, seen);
  ref(root, "ready").dataset.kind = unmet ? "plain" : "good";
  ref(root, "checklist").replaceChildren(...seen.checklist.map((check) => checkLine(check, me, id)));
  ref(root, "rounds").replaceChildren(...seen.rounds.map((round) => roundCard(round, seen)));
  ref(root, "no-round").hidden = seen.rounds.length > 0;
  ref(root, "files").replaceChildren(...seen.files.map((file) => fileRow(file, me, id, seen)));
  ref(root, "files-frame").hidden = seen.files.length === 0;
  ref(root, "no-file").hidden = seen.files.length > 0;
  ref(root, "proposals").replaceChildren(...seen.proposals.map((proposal) => proposalLine(proposal, { zone: seen.time_zone, contest: id, isRead: may(me, "readProposals", id) })));
  ref(root, "proposals").hidden = seen.proposals.length === 0;
  ref(root, "no-proposal").hidden = seen.proposals.length > 0;
  showView(root, "contest");
  // The list stands in a contest's public description, which a plan makes.
  if (seen.rounds.length > 0) part(ref(root, "announcements-part"), () => announcements(root, seen, me));
}

function home(root) {
  const contest = idFromAddress("c");
  const invitation = invitationInAddress();
  return load(root, async () => {
    await demoInAddress();
    if (invitation !== null) await enrolment(root, invitation);
    const me = await consoleNav();
    await (contest ? showContest(root, contest, me) : showContests(root, me));
  });
}

start({ home });
