// Registration: the fields the contest asks for, consent given by a box that nobody ticked beforehand.

import { call, contestJson, now } from "../server.mjs";
import { copyOnClick } from "../clipboard.mjs";
import { fill, focusOn, idFromAddress, load, messageOf, missing, pageLink, ref, saveText, showView } from "../dom.mjs";
import { clearErrors, errorsOf, showErrors, whileBusy } from "../form.mjs";
import { moment } from "../format.mjs";
import { secretToggle, signedIn } from "./credentials.mjs";
import * as localStore from "../local-store.mjs";
import { dropDraft, keepDraft } from "./draft.mjs";
import { birthDate, needsGuardian } from "./birth-date.mjs";
import { contestLinks, offerRegistration, start } from "../page.mjs";
import { phaseOf, registrationState } from "../states.mjs";
import { eligibleUnits, unitChooser } from "./units.mjs";
import { contestWords } from "../words/contest.mjs";
import { accountWords } from "../words/account.mjs";

const OPTIONAL = ["gender", "email", "address", "occupation", "citizen_id", "phone", "birth_date", "unit", "full_name"];

const text = (form, name) => form.elements[name].value.normalize("NFC").replace(/[\s\u00a0\u200b]+/g, " ").trim();

/** What will be sent, from the fields this contest asks for: as it was entered, for the server judges it. Null is nothing. */
function answersIn(form, contest) {
  const read = {
    full_name: () => text(form, "full_name") || null,
    birth_date: () => birthDate(text(form, "birth_day"), text(form, "birth_month"), text(form, "birth_year")),
    citizen_id: () => text(form, "citizen_id") || null,
    phone: () => text(form, "phone") || null,
    unit: () => form.elements.unit.value || null,
    gender: () => form.elements.gender.value || null,
    email: () => text(form, "email") || null,
    address: () => text(form, "address") || null,
    occupation: () => text(form, "occupation") || null,
  };
  const answers = Object.fromEntries(contest.fields.filter((name) => read[name]).map((name) => [name, read[name]()]));
  const bases = contest.registration.unit_basis;
  if (bases.length > 0) answers.unit_basis = bases.length === 1 ? bases[0] : form.elements.unit_basis.value || null;
  answers.secret = form.elements.secret.value.normalize("NFC") || null;
  return answers;
}

function errorsIn(form, contest, answers) {
  const missingFields = Object.keys(answers).filter((name) => answers[name] === null);
  if (!form.elements.consent.checked) missingFields.push("consent");
  if (needsGuardian(contest, answers.birth_date) && !form.elements.guardian.checked) missingFields.push("consent.guardian");
  const order = [...form.querySelectorAll("[data-field]")].map(({ dataset }) => dataset.field);
  return missingFields
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((field) => ({ field, message: accountWords.field[field] }));
}

function bodyOf(form, contest, answers) {
  const consent = { accepted: true, text_sha256: contest.consent.text_sha256 };
  if (needsGuardian(contest, answers.birth_date)) consent.guardian = { accepted: true };
  const extra = ["code", "referrer"].map((name) => [name, text(form, name)]).filter(([, entered]) => entered);
  return { ...answers, ...Object.fromEntries(extra), consent };
}

function showDone(root, contest, code) {
  fill(root, { code });
  copyOnClick(ref(root, "copy-code"), () => code);
  ref(root, "save-code").addEventListener("click", () => saveText(`ma-du-thi-${contest.id}.txt`, accountWords.codeFile(contest.name, code)));
  const open = contest.rounds.find((round) => phaseOf(round, now()) === "open");
  ref(root, "go-round").hidden = !open;
  if (open) ref(root, "go-round").href = pageLink("round.html", { c: contest.id, r: open.id });
  ref(root, "go-contest").href = pageLink("contest.html", { c: contest.id });
  showView(root, "done");
  focusOn(root.querySelector("#done-title"));
}

const draftOf = (contest) => `hoithi.draft.${contest.id}`;

async function submit(root, form, contest, answers) {
  try {
    const grant = await call("POST", `contests/${contest.id}/contestants`, { body: bodyOf(form, contest, answers) });
    signedIn(contest.id, grant);
    dropDraft(draftOf(contest));
    showDone(root, contest, grant.contestant);
  } catch (error) {
    showErrors(form, errorsOf(error, messageOf(error)));
  }
}

function prepare(form, contest) {
  for (const name of OPTIONAL) form.querySelector(`[data-field="${name}"]`).hidden = !contest.fields.includes(name);
  form.querySelector("[data-field='code']").hidden = contest.registration.mode !== "roster";
  const bases = contest.registration.unit_basis;
  form.querySelector("[data-field='unit_basis']").hidden = bases.length < 2;
  for (const choice of form.querySelectorAll("[data-basis]")) choice.hidden = !bases.includes(choice.dataset.basis);
  unitChooser({ select: form.elements.unit, search: document.getElementById("unit-search"), found: document.getElementById("unit-search-count") }, eligibleUnits(contest));
  fill(form, {
    consentText: contest.consent.text,
    guardianText: accountWords.guardian(contest.registration.guardian_consent_under),
  });
  form.elements.referrer.value = new URLSearchParams(location.search).get("ref") ?? "";
  const guardian = form.querySelector("[data-field='consent.guardian']");
  form.addEventListener("input", () => {
    ref(form, "no-accents").hidden = !/^[a-z]+( [a-z]+)+$/i.test(text(form, "full_name"));
    guardian.hidden = !needsGuardian(contest, answersIn(form, contest).birth_date);
  });
  keepDraft(form, draftOf(contest));
  secretToggle(ref(form, "show-secret"), form.elements.secret);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    const answers = answersIn(form, contest);
    const errors = errorsIn(form, contest, answers);
    if (errors.length > 0) showErrors(form, errors);
    else whileBusy(ref(form, "submit"), () => submit(form.closest("[data-module]"), form, contest, answers));
  });
}

/** Why this visitor cannot register at this moment, or null. */
function closedReason(contest) {
  const { opens, closes } = contest.registration;
  const state = registrationState(contest, now());
  offerRegistration(state === "open");
  if (state === "ahead") return contestWords.registrationOpens(moment(opens));
  return state === "over" ? contestWords.registrationClosed(moment(closes)) : null;
}

function viewFor(root, contest) {
  const reason = closedReason(contest);
  fill(root, { contestName: contest.name, closedReason: reason });
  if (localStore.session(contest.id)) return "signed-in";
  return reason ? "not-open" : "form";
}

function register(root) {
  const id = idFromAddress("c");
  if (!id) return missing(root);
  contestLinks(root);
  return load(root, async () => {
    const contest = await contestJson(id);
    prepare(ref(root, "form"), contest);
    ref(root, "sign-out-here").addEventListener("click", () => {
      localStore.signedOut(id);
      showView(root, viewFor(root, contest));
      focusOn(root.querySelector("h1"));
    });
    showView(root, viewFor(root, contest));
  });
}

start({ register });
