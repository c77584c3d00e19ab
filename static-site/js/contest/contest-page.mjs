// One contest: where it stands now, its rounds, prizes, rules and reading list, and who is signed in; each is a part that
// may fail by itself.

import { call, contestJson, countdown, me, now, readJson } from "../server.mjs";
import { copyOnClick } from "../clipboard.mjs";
import { announce, fill, idFromAddress, load, messageOf, missing, pageLink, part, ref, saveText, showView } from "../dom.mjs";
import { dates, integer, minutesAndSeconds, moment } from "../format.mjs";
import * as localStore from "../local-store.mjs";
import { offerRegistration, start } from "../page.mjs";
import { endOf, firstRound, offersIn, phaseOf, registrationState, runningAttempt } from "../states.mjs";
import { words } from "../words/shared.mjs";
import { contestWords } from "../words/contest.mjs";
import { follow, ownOf, periodOf, reloadSoon, showAnnouncements, showFacts, showPicture, showPrizes, showReading, showRounds, showRules, stateOf } from "./parts.mjs";

/** Ids of the rounds with a published pointer; asked only for rounds whose promised minute has passed. */
async function publishedRounds(contest) {
  const due = contest.rounds.filter((round) => phaseOf(round, now()) === "due");
  const found = await Promise.all(due.map(async ({ id }) => {
    try {
      await readJson(`${contest.id}/rounds/${id}/index.json`, { fresh: true });
      return id;
    } catch {
      return null; // not there yet: the round shows as being published
    }
  }));
  return new Set(found.filter(Boolean));
}

function registrationSentence({ registration }, state) {
  if (state === "ahead") return contestWords.registrationOpens(moment(registration.opens));
  return state === "over" ? contestWords.registrationClosed(moment(registration.closes)) : null;
}

const PAGE_OF = { enter: "round.html", resume: "round.html", receipts: "round.html", register: "register.html", signIn: "sign-in.html", results: "results.html" };

function showNow(section, here) {
  const { contest } = here;
  const round = firstRound(contest.rounds, (each) => stateOf(here, each));
  section.hidden = !round;
  if (!round) return;
  const [state, registration, own] = [stateOf(here, round), registrationState(contest, now()), ownOf(here, round)];
  const offers = offersIn(state, { signedIn: localStore.session(contest.id) !== null, registration, own });
  fill(section, {
    nowTitle: `${round.name}: ${words.phase[state]}`,
    nowPeriod: periodOf(round),
    nowRegistration: offers.signIn ? registrationSentence(contest, registration) : null,
  });
  follow(ref(section, "now-countdown"), round);
  const query = { c: contest.id, r: round.id, ref: new URLSearchParams(location.search).get("ref") };
  for (const [name, page] of Object.entries(PAGE_OF)) {
    const link = ref(section, name);
    link.hidden = !offers[name];
    link.href = pageLink(page, query);
  }
  if (offers.resume) countdown(endOf(round, runningAttempt(round, own, now())), (left) => {
    ref(section, "resume").textContent = words.resume(minutesAndSeconds(left));
    if (left === 0) reloadSoon();
  });
}

function showMe(section, contest, mine) {
  const unit = contest.units.find(({ code }) => code === mine.unit);
  const link = new URL(pageLink("register.html", { c: contest.id, ref: mine.referral_code }), location.href).href;
  fill(section, {
    fullName: mine.full_name ?? "–",
    unit: unit?.name ?? "–",
    contestant: mine.contestant,
    pseudonym: mine.pseudonym,
    referrals: contestWords.referrals(integer(mine.referrals)),
    referralLink: link,
    resetNotice: mine.secret_reset_at ? contestWords.resetNotice(moment(mine.secret_reset_at)) : null,
  });
  ref(section, "referral-link").href = link;
  ref(section, "account").href = pageLink("account.html", { c: contest.id });
  copyOnClick(ref(section, "copy-referral"), () => link);
}

/** Taking one's data along, and the way to the page that erases it. */
function ownData(section, contest) {
  const failure = ref(section, "me-error");
  ref(section, "export").addEventListener("click", async () => {
    failure.hidden = true;
    try {
      const held = await call("GET", `contests/${contest.id}/me/export`, { contest: contest.id });
      saveText(contestWords.exportFile(contest.id), JSON.stringify(held, null, 2));
      announce(contestWords.exported);
    } catch (error) {
      failure.hidden = false;
      failure.textContent = messageOf(error);
    }
  });
  ref(section, "erase").href = pageLink("erase.html", { c: contest.id });
}

/** The signed-in person, or null. */
async function readMe(section, contest) {
  if (!localStore.session(contest.id)) return null;
  section.hidden = false;
  const mine = await part(section, async () => {
    const told = await me(contest.id);
    showMe(section, contest, told);
    ownData(section, contest);
    return told;
  });
  return mine ?? null;
}

/** For who is signed in, once results of a round are out; nobody else loads what it takes. */
async function showOwnCertificates(section, { contest, published, mine }) {
  if (!mine || published.size === 0) return;
  await part(section, async () => {
    const { showCertificates } = await import("./certificates.mjs");
    await showCertificates(section, contest);
  });
}

function showHero(hero, contest) {
  document.title = contest.name;
  fill(hero, { organizer: contest.organizer, name: contest.name });
  fill(hero, { period: dates(contest.opens, contest.closes) });
  showPicture(ref(hero, "logo"), contest, contest.page?.logo);
}

function contestPage(root) {
  const id = idFromAddress("c");
  if (!id) return missing(root);
  return load(root, async () => {
    const contest = await contestJson(id);
    const [published, mine] = await Promise.all([publishedRounds(contest), readMe(ref(root, "me"), contest)]);
    const here = { contest, published, mine };
    offerRegistration(registrationState(contest, now()) === "open");
    const hero = document.querySelector("[data-module='contest-hero'] > *");
    const sectionOf = (name) => ref(root, name).closest("section");
    part(hero, () => showHero(hero, contest));
    part(ref(root, "banner"), () => showPicture(ref(root, "banner"), contest, contest.page?.banner));
    part(ref(root, "now"), () => showNow(ref(root, "now"), here));
    part(ref(root, "announcements"), () => showAnnouncements(root, contest));
    showOwnCertificates(ref(root, "certificates"), here);
    part(sectionOf("rounds"), () => showRounds(root, here));
    part(sectionOf("facts"), () => showFacts(root, contest));
    part(sectionOf("prizes"), () => showPrizes(root, contest));
    part(sectionOf("rules"), () => showRules(root, contest));
    part(sectionOf("reading"), () => showReading(root, contest));
    ref(root, "data-link").href = `/contests/${id}/contest.json`;
    showView(root, "ready");
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  });
}

start({ contest: contestPage });
