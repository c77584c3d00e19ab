// What a contest's page shows of the contest alone: its rounds, how one takes part, prizes, rules and reading list. The console
// shows a contest with the same parts before it is public.

import { countdown, now } from "../server.mjs";
import { dayOf } from "../day.mjs";
import { copyOf, fill, newElement, pageLink, ref } from "../dom.mjs";
import { count, integer, moment, money } from "../format.mjs";
import { OVERALL, isOverContest } from "../overall.mjs";
import { attemptFacts, listItems, nextMoment } from "../rounds.mjs";
import { offersIn, roundState } from "../states.mjs";
import { words } from "../words/shared.mjs";
import { contestWords } from "../words/contest.mjs";

// `here` is what the page knows: {contest, published (ids of rounds), mine (the answer of /me, or null)}.

export const ownOf = (here, round) => here.mine?.rounds.find((entry) => entry.round === round.id) ?? null;
export const stateOf = (here, round) => roundState(round, { time: now(), own: ownOf(here, round), published: here.published.has(round.id) });

/** What only some contests have. */
function furtherFacts({ attempt: { per_day: perDay, complete }, registration: { min_age: least, max_age: most, mode } }) {
  return [
    perDay && contestWords.perDay(perDay),
    complete === "required" && contestWords.complete,
    least && contestWords.minAge(least),
    most && contestWords.maxAge(most),
    mode === "roster" && contestWords.roster,
  ].filter(Boolean);
}

/** What is other in a round with rules of its own. */
function ownFacts(contest, usual) {
  const own = contest.rounds.filter(({ attempt = contest.attempt }) => attempt !== contest.attempt);
  return own.map(({ name, attempt }) => {
    const facts = [...attemptFacts({ attempt }), ...furtherFacts({ ...contest, attempt })];
    return contestWords.onlyIn(name, facts.filter((fact) => !usual.includes(fact)));
  });
}

/** Spread, where all phones wait for the same minute. */
export const reloadSoon = () => setTimeout(() => location.reload(), 500 + Math.random() * 4000);

/** Counts down to the round's next change, then loads the page again to show the new state. */
export function follow(element, round) {
  const next = nextMoment(round, now());
  element.hidden = next === null;
  if (next) countdown(next.at, (left) => {
    element.textContent = next.say(left);
    if (left === 0) reloadSoon();
  });
}

/** A picture of the page that the contest may have; its measures keep its place until it arrives. */
export function showPicture(image, contest, picture) {
  image.hidden = !picture;
  if (!picture) return;
  Object.assign(image, { width: picture.width, height: picture.height, src: `/contests/${contest.id}/${picture.path}` });
}

export const periodOf = (round) => contestWords.period(moment(round.opens), moment(round.closes));

/** Where a round of the list leads, and the word for it. */
function goalOf(state, { receipts }) {
  if (state === "published") return ["results.html", contestWords.seeResults];
  if (state === "running") return ["round.html", contestWords.goOn];
  if (state === "open") return ["round.html", contestWords.enter];
  return receipts ? ["round.html", contestWords.receipts] : null;
}

function roundItem(template, here, round) {
  const { contest } = here;
  const [state, own] = [stateOf(here, round), ownOf(here, round)];
  const item = copyOf(template, {
    name: round.name,
    phase: words.phase[state],
    period: `${periodOf(round)}. ${contestWords.publishesAt(moment(round.publishes))}`,
    mine: own ? words.attemptsUsed(own.attempts.length, own.attempts_left) : null,
    bank: round.question_count_in_bank ? contestWords.bank(integer(round.question_count_in_bank)) : null,
  });
  item.querySelector("[data-text='phase']").dataset.phase = state;
  const go = ref(item, "go");
  const goal = goalOf(state, offersIn(state, { own }));
  go.parentElement.hidden = !goal;
  if (goal) {
    go.href = pageLink(goal[0], { c: contest.id, r: round.id });
    go.textContent = goal[1];
    go.setAttribute("aria-label", `${goal[1]}: ${round.name}`);
  }
  follow(ref(item, "countdown"), round);
  return item;
}

export function showRounds(root, here) {
  const { contest, published } = here;
  ref(root, "rounds").replaceChildren(...contest.rounds.map((round) => roundItem(ref(root, "round"), here, round)));
  const over = ref(root, "over-contest");
  over.hidden = published.size === 0 || !isOverContest(contest);
  over.firstElementChild.href = pageLink("results.html", { c: contest.id, r: OVERALL });
}

export function showFacts(root, contest) {
  const facts = [...attemptFacts(contest), ...furtherFacts(contest)];
  listItems(ref(root, "facts"), [...facts, ...ownFacts(contest, facts)]);
  fill(root, { prediction: contest.prediction?.prompt ?? null });
  root.querySelector("[data-text='prediction']").parentElement.hidden = !contest.prediction;
}

function cells(...texts) {
  const row = newElement("tr");
  row.append(...texts.map((textContent, column) => newElement(column === 0 ? "th" : "td", column === 0 ? { scope: "row", textContent } : { textContent })));
  row.lastElementChild.dataset.number = "";
  return row;
}

/** A plan may leave the money open. */
const prizeMoney = (amount) => (amount > 0 ? money(amount) : contestWords.noAmount);

export function showPrizes(root, { prizes, collective, rounds }) {
  const none = prizes.length + collective.length === 0;
  ref(root, "prizes-section").hidden = ref(root, "prizes-link").hidden = none;
  const nameOf = (id) => rounds?.find((round) => round.id === id)?.name ?? id;
  const over = ({ scope, rounds: some }) => (some ? contestWords.prizeRounds(some.map(nameOf)) : contestWords.prizeScope[scope] ?? contestWords.prizeScope.round);
  ref(root, "prizes").replaceChildren(...prizes.map((prize) => cells(prize.name, `${count(prize.count)} (${over(prize)})`, prizeMoney(prize.amount))));
  ref(root, "prizes").closest(".ht-frame").hidden = prizes.length === 0;
  ref(root, "collective").replaceChildren(...collective.map((group) => {
    const item = copyOf(ref(root, "collective-item"), { how: contestWords.collectiveHow(group.measure, group.scope, group.min_rate_percent) });
    listItems(ref(item, "list"), group.prizes.map((prize) => `${count(prize.count)} ${prize.name}: ${prizeMoney(prize.amount)}`));
    return item;
  }));
}

export function showRules(root, { rules }) {
  ref(root, "rules-section").hidden = ref(root, "rules-link").hidden = rules.length === 0;
  ref(root, "rules").replaceChildren(...rules.flatMap(({ heading, paragraphs }) =>
    [newElement("h3", { textContent: heading }), ...paragraphs.map((textContent) => newElement("p", { textContent }))]));
}

/** Announcements that are not folded away. */
const NEWEST = 3;

/** Days come as yyyy-mm-dd, and are shown as dates of the contest's zone. */
export function showAnnouncements(root, { announcements = [] }) {
  ref(root, "announcements").hidden = announcements.length === 0;
  const items = announcements.map(({ date, text }) => copyOf(ref(root, "announcement"), { day: dayOf(date), text }));
  ref(root, "announcement-list").replaceChildren(...items.splice(0, NEWEST));
  ref(root, "announcement-older-list").replaceChildren(...items);
  ref(root, "announcements-older").hidden = items.length === 0;
}

export function showReading(root, { reading_list: reading }) {
  ref(root, "reading-section").hidden = ref(root, "reading-link").hidden = reading.length === 0;
  listItems(ref(root, "reading"), reading);
}
