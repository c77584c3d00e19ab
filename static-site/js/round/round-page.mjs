// Taking a round. The views follow each other: ready → paper → sending → receipt (or refused); the sheet
// kept in this browser says where to go on after a reload, and the server's clock and answers decide.

import { attemptPath, call, contestJson, countdown, me, noteServerTime, now } from "../server.mjs";
import { announce, copyOf, fill, focusOn, idFromAddress, load, messageOf, missing, newElement, part, ref, saveText, showError, showView } from "../dom.mjs";
import { deliver, NotAccepted } from "./delivery.mjs";
import { clearErrors, errorsOf, showErrors, whileBusy } from "../form.mjs";
import { minutesAndSeconds, moment } from "../format.mjs";
import * as localStore from "../local-store.mjs";
import { contestLinks, offerRegistration, start } from "../page.mjs";
import { drawPaper, goToQuestion, leadToQuestion, missingNumbers } from "./paper.mjs";
import { attemptFacts, listItems, nextMoment } from "../rounds.mjs";
import { autoSubmitAt, bodyOf, deadlineOf, dropSheet, keepSheet, keptSheet, newSheet, readPrediction } from "./sheet.mjs";
import { endOf, phaseOf, registrationState, roundState, runningAttempt } from "../states.mjs";
import { words } from "../words/shared.mjs";
import { deliveryWords, sheetWords } from "../words/round.mjs";

const view = (here, name) => here.root.querySelector(`[data-view="${name}"]`);

// ---- ready: before the clock starts

function ownAttempts(here, mine) {
  return mine.rounds.find(({ round }) => round === here.round.id) ?? { attempts: [], attempts_left: here.round.attempt.per_round || null };
}

function pastItem(here, entry) {
  const item = copyOf(ref(here.root, "past-item"), {
    what: `${words.attemptTitle(entry.attempt)}: ${sheetWords.attemptStatus[entry.status] ?? entry.status}${entry.submitted_at ? ` (${moment(entry.submitted_at)})` : ""}`,
  });
  const show = ref(item, "show");
  show.hidden = !entry.submitted_at;
  show.setAttribute("aria-label", `${show.textContent}: ${words.attemptTitle(entry.attempt)}`);
  show.addEventListener("click", () => guarded(here, async () => finish(here, { attempt: entry.attempt }, await askFor(here, entry.attempt))));
  return item;
}

/** Why nothing can be started, or null. */
function stateSentence(round, own) {
  const state = roundState(round, { time: now(), own });
  if (state === "before") return sheetWords.notOpen(moment(round.opens));
  if (state === "usedUp") return sheetWords.usedUp(own.attempts.length === round.attempt.per_round);
  return state === "open" || state === "running" ? null : sheetWords.closed(moment(round.closes));
}

async function showReady(here) {
  const own = ownAttempts(here, await me(here.contest.id));
  const box = view(here, "ready");
  const running = runningAttempt(here.round, own, now());
  const sentence = stateSentence(here.round, own);
  fill(box, { state: sentence });
  ref(box, "ready-problem").hidden = true;
  for (const name of ["start", "start-note"]) ref(box, name).hidden = sentence !== null;
  ref(box, "start").textContent = running ? sheetWords.resume(running.attempt) : sheetWords.start(own.attempts.length + 1);
  ref(box, "to-results").hidden = phaseOf(here.round, now()) !== "due";
  listItems(ref(box, "ready-facts"), [...attemptFacts(here.round), words.attemptsUsed(own.attempts.length, own.attempts_left)]);
  ref(box, "past").hidden = own.attempts.length === 0;
  part(ref(box, "past"), () => ref(box, "past-list").replaceChildren(...own.attempts.map((entry) => pastItem(here, entry))));
  followRound(here, ref(box, "ready-countdown"), running);
  showView(here.root, "ready");
}

/** Counts down to the end of the attempt under way, else to the round's next change. */
function followRound(here, element, running) {
  here.stop();
  const next = running
    ? { at: endOf(here.round, running), say: (left) => words.resume(minutesAndSeconds(left)) }
    : nextMoment(here.round, now());
  element.hidden = next === null;
  if (next) here.stop = countdown(next.at, (left) => {
    element.textContent = next.say(left);
    if (left === 0) setTimeout(() => guarded(here, () => showReady(here)), 200 + Math.random() * 2000); // spread over two seconds
  });
}

async function startAttempt(here) {
  try {
    const started = await call("POST", `contests/${here.contest.id}/rounds/${here.round.id}/attempts`, { contest: here.contest.id });
    noteServerTime(started.server_time);
    takePaper(here, newSheet(here.place, started));
  } catch (error) {
    if (error.status === 401) throw error;
    ref(here.root, "ready-problem").textContent = messageOf(error);
    ref(here.root, "ready-problem").hidden = false;
  }
}

// ---- paper: answering, with the time in view

function takePaper(here, sheet) {
  here.stop();
  here.sheet = sheet;
  drawPaper(here.root, sheet, () => keepSheet(here.place, sheet));
  ref(here.root, "kept").hidden = !localStore.isLasting();
  ref(here.root, "not-kept").hidden = localStore.isLasting();
  clearErrors(ref(here.root, "form"));
  showMissing(here, null);
  showView(here.root, "paper");
  focusOn(here.root.querySelector("h1"));
  runClock(here, sheet);
}

function runClock(here, sheet) {
  const end = autoSubmitAt(sheet, here.round);
  const box = ref(here.root, "left");
  let before = Infinity;
  here.stop = countdown(end, (left) => {
    box.textContent = sheetWords.left(minutesAndSeconds(left));
    box.toggleAttribute("data-hurry", left <= 60_000);
    if (before > 300_000 && left <= 300_000 && before !== Infinity) announce(sheetWords.fiveMinutes);
    if (before > 60_000 && left <= 60_000 && left > 0) announce(sheetWords.oneMinute);
    before = left;
    if (left === 0) handIn(here, { timeUp: true });
  });
}

function predictionIsWrong({ sheet, contest: { prediction } }) {
  return Boolean(prediction) && readPrediction(sheet.prediction, prediction).wrong === true;
}

const predictionIsBlank = ({ paper, prediction }) => Boolean(paper.prediction) && prediction.trim() === "";

/** The warning before handing in, which stays possible; null takes it away. */
function showMissing(here, numbers) {
  const box = ref(here.root, "missing");
  box.hidden = numbers === null;
  ref(here.root, "submit-row").hidden = numbers !== null;
  if (numbers === null) return;
  box.toggleAttribute("data-bound", numbers.length > 0 && "complete" in here.round.attempt);
  fill(box, { missingTitle: sheetWords.missing(numbers.length) });
  ref(box, "missing-prediction").hidden = !predictionIsBlank(here.sheet) || numbers.length === 0;
  const linkTo = (number) => leadToQuestion(newElement("a", { textContent: sheetWords.question(number) }), number);
  ref(box, "missing-links").replaceChildren(...numbers.flatMap((number) => [linkTo(number), " "]));
  box.focus();
}

function confirmSubmit(here) {
  const form = ref(here.root, "form");
  clearErrors(form);
  if (predictionIsWrong(here)) {
    const isPercent = here.contest.prediction.target === "perfect_percent";
    showErrors(form, [{ field: "prediction", message: isPercent ? sheetWords.predictionPercent : sheetWords.predictionWhole }]);
    return;
  }
  const numbers = missingNumbers(here.sheet);
  if (numbers.length > 0 || predictionIsBlank(here.sheet)) showMissing(here, numbers);
  else handIn(here);
}

// ---- sending: until a receipt or a refusal

const pathOf = (here, attempt) => attemptPath(here.contest.id, here.round.id, attempt);
const askFor = (here, attempt) => call("GET", pathOf(here, attempt), { contest: here.contest.id });

function reportTo(box) {
  return ({ tries, seconds, error, late }) => {
    const busy = error.status !== undefined && error.retryAfterSeconds;
    const text = busy ? deliveryWords.busy(seconds) : deliveryWords.again(tries, seconds);
    box.textContent = late ? deliveryWords.asking : text;
  };
}

async function handIn(here, { timeUp = false } = {}) {
  const { sheet } = here;
  here.stop();
  sheet.sealed ??= bodyOf(sheet, here.contest);
  keepSheet(here.place, sheet);
  const box = view(here, "sending");
  ref(box, "time-up").hidden = !timeUp;
  ref(box, "delivery").textContent = deliveryWords.first;
  ref(box, "send-now").hidden = true;
  showView(here.root, "sending");
  focusOn(box.querySelector("h2"));
  const report = reportTo(ref(box, "delivery"));
  await guarded(here, async () => {
    const answer = await deliver({
      send: () => call("PUT", pathOf(here, sheet.attempt), { contest: here.contest.id, body: sheet.sealed }),
      ask: () => askFor(here, sheet.attempt),
      deadline: deadlineOf(sheet, here.round),
      refusal: deliveryWords.lost,
      hurry: ref(box, "send-now"),
      report: (state) => {
        ref(box, "send-now").hidden = false;
        report(state);
      },
    });
    dropSheet(here.place, sheet);
    await finish(here, sheet, answer);
  });
}

async function finish(here, { attempt }, answer) {
  here.stop();
  if (!answer.receipt) throw new NotAccepted(deliveryWords.lost);
  const box = view(here, "receipt");
  fill(box, { receipt: answer.receipt, accepted: null });
  for (const element of box.querySelectorAll("[data-needs], [data-verdict]")) element.hidden = true;
  showView(here.root, "receipt");
  focusOn(box.querySelector("h2"));
  const isWhole = await import("./receipt.mjs") // only now, so that the first question waits for less
    .then((module) => module.showReceipt(box, answer, { contest: here.contest, round: here.round, attempt }))
    .then(() => true, (error) => { console.warn(error); return false; });
  for (const element of box.querySelectorAll("[data-needs]")) element.hidden = !isWhole;
  ref(box, "receipt-lost").hidden = isWhole;
}

function showRefused(here, text) {
  ref(here.root, "refused-text").textContent = text;
  showView(here.root, "refused");
  focusOn(here.root.querySelector("#refused-title"));
}

/** The server could not read the sheet: nothing was taken, so it can be mended while there is time. */
function reopen(here, error) {
  here.sheet.sealed = null;
  takePaper(here, here.sheet);
  showErrors(ref(here.root, "form"), errorsOf(error, messageOf(error)));
}

function showSignIn(here) {
  here.stop();
  ref(here.root, "kept-note").hidden = !here.sheet;
  showView(here.root, "sign-in");
}

async function guarded(here, step) {
  try {
    await step();
  } catch (error) {
    if (error.status === 401) showSignIn(here);
    else if (error instanceof NotAccepted) showRefused(here, error.message);
    else if (error.status === 422 && here.sheet?.sealed && now() < deadlineOf(here.sheet, here.round)) reopen(here, error);
    else if (here.sheet?.sealed && error.status) showRefused(here, messageOf(error));
    else {
      here.stop();
      showError(here.root, messageOf(error));
    }
  }
}

// ---- the page

function wire(here) {
  const { root } = here;
  const form = ref(root, "form");
  ref(root, "start").addEventListener("click", () => whileBusy(ref(root, "start"), () => guarded(here, () => startAttempt(here))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    confirmSubmit(here);
  });
  ref(root, "receipt-reload").addEventListener("click", () => location.reload());
  ref(root, "submit-anyway").addEventListener("click", () => handIn(here));
  ref(root, "go-back").addEventListener("click", () => {
    const [first] = missingNumbers(here.sheet);
    showMissing(here, null);
    if (first) goToQuestion(first);
    else form.elements.prediction.focus();
  });
  ref(root, "ask-again").addEventListener("click", () => handIn(here));
  ref(root, "save-sheet").addEventListener("click", () => saveText(`bai-lam-${here.round.id}-luot-${here.sheet.attempt}.json`, here.sheet.sealed));
  for (const name of ["leave", "another"]) ref(root, name).addEventListener("click", () => leave(here, name === "leave"));
}

function leave(here, forget) {
  if (forget && here.sheet) dropSheet(here.place, here.sheet);
  here.sheet = null;
  return guarded(here, () => showReady(here));
}

function goOn(here) {
  here.sheet = keptSheet(here.place);
  if (!here.sheet) return showReady(here);
  if (here.sheet.sealed) return handIn(here);
  takePaper(here, here.sheet);
}

function roundPage(root) {
  const [contestId, roundId] = [idFromAddress("c"), idFromAddress("r")];
  if (!contestId || !roundId) return missing(root);
  contestLinks(root);
  return load(root, async () => {
    const contest = await contestJson(contestId);
    const round = contest.rounds.find(({ id }) => id === roundId);
    if (!round) return missing(root);
    const contestant = localStore.session(contestId)?.contestant;
    const here = { root, contest, round, place: { contest: contestId, round: roundId, contestant }, sheet: null, stop: () => {} };
    fill(root, { title: round.name, contestName: contest.name });
    offerRegistration(registrationState(contest, now()) === "open");
    document.title = sheetWords.title(round.name, contest.name);
    wire(here);
    if (contestant) await guarded(here, () => goOn(here));
    else showSignIn(here);
  });
}

start({ round: roundPage });
