// One's own account: what was stated and may be put right, another secret, and the end of every session.

import { answerTo, call, contestJson, me, now } from "../server.mjs";
import { fill, focusOn, idFromAddress, load, messageOf, missing, ref, showView } from "../dom.mjs";
import { clearErrors, errorsOf, showErrors, whileBusy } from "../form.mjs";
import { moment } from "../format.mjs";
import { secretToggle, signedIn } from "./credentials.mjs";
import * as localStore from "../local-store.mjs";
import { contestLinks, offerRegistration, start } from "../page.mjs";
import { registrationState } from "../states.mjs";
import { eligibleUnits, unitChooser } from "./units.mjs";
import { contestWords } from "../words/contest.mjs";
import { ownAccountWords } from "../words/own-account.mjs";

const general = (message) => [{ field: "", message }];
const fieldOf = (form, name) => form.querySelector(`[data-field="${name}"]`);

/** Where the session has ended meanwhile there is nothing to mend in a form. */
function failed(here, form, error, errors) {
  if (error.status !== 401 || error.code === "wrong_credentials") return showErrors(form, errors);
  showView(here.root, "sign-in");
  focusOn(here.root.querySelector("#sign-in-title"));
}

// ---- what was stated

const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** Which fields stand open, by what the contest asks for and until when. */
function openFields({ contest }) {
  const [unitOpen, reachOpen] = [contest.opens, contest.closes].map((until) => now() < Date.parse(until));
  const asks = (name) => contest.fields.includes(name);
  return {
    unit: unitOpen && asks("unit"),
    unit_basis: unitOpen && contest.registration.unit_basis.length > 1,
    phone: reachOpen && asks("phone"),
    email: reachOpen && asks("email"),
  };
}

function deadlines({ contest }) {
  const [unitEnd, reachEnd] = [contest.opens, contest.closes];
  const both = ["phone", "email"].filter((name) => contest.fields.includes(name));
  const what = ownAccountWords.reach[both.length === 2 ? "both" : both[0]];
  const unit = now() < Date.parse(unitEnd) ? ownAccountWords.unitUntil : ownAccountWords.unitOver;
  const reach = now() < Date.parse(reachEnd) ? ownAccountWords.reachUntil(capital(what ?? " "), moment(reachEnd)) : ownAccountWords.reachOver(what, moment(reachEnd));
  return { unitUntil: contest.fields.includes("unit") ? unit(moment(unitEnd)) : null, reachUntil: what ? reach : null };
}

function showData(here) {
  const { contest, data: form, mine } = here;
  const open = openFields(here);
  for (const [name, isOpen] of Object.entries(open)) fieldOf(form, name).hidden = !isOpen;
  ref(form, "data-actions").hidden = !Object.values(open).includes(true);
  for (const choice of form.querySelectorAll("[data-basis]")) choice.hidden = !contest.registration.unit_basis.includes(choice.dataset.basis);
  form.elements.unit.value = mine.unit ?? "";
  form.elements.unit_basis.value = mine.unit_basis ?? "";
  form.elements.phone.value = "";
  form.elements.email.value = mine.email ?? "";
  fill(here.root, {
    fullName: mine.full_name ?? mine.pseudonym,
    phoneHint: ownAccountWords.phoneHint(mine.phone_last3),
    resetNotice: mine.secret_reset_at ? contestWords.resetNotice(moment(mine.secret_reset_at)) : null,
    ...deadlines(here),
  });
}

/** What differs from what is known; a field that is left empty stays as it is. */
function correctionIn({ data: form, mine, ...here }) {
  const open = openFields(here);
  const known = { unit: mine.unit, unit_basis: mine.unit_basis, phone: "", email: mine.email };
  const entered = Object.keys(known).filter((name) => open[name]).map((name) => [name, form.elements[name].value.normalize("NFC").trim()]);
  return Object.fromEntries(entered.filter(([name, value]) => value !== "" && value !== known[name]));
}

async function correct(here) {
  const { data: form } = here;
  const correction = correctionIn(here);
  if (Object.keys(correction).length === 0) return showErrors(form, general(ownAccountWords.nothingChanged));
  try {
    here.mine = await call("PATCH", `contests/${here.contest.id}/me`, { contest: here.contest.id, body: correction });
    showData(here);
    fill(form, { dataSaved: ownAccountWords.saved });
  } catch (error) {
    failed(here, form, error, errorsOf(error, messageOf(error)));
  }
}

// ---- the secret and the sessions

async function changeSecret(here) {
  const { secrets: form, contest } = here;
  const [secret, fresh] = ["secret", "new_secret"].map((name) => form.elements[name].value.normalize("NFC"));
  const empty = [["secret", secret, ownAccountWords.enter.secret], ["new_secret", fresh, ownAccountWords.enter.newSecret]]
    .filter(([, value]) => value.trim() === "").map(([field, , message]) => ({ field, message }));
  if (empty.length > 0) return showErrors(form, empty);
  try {
    signedIn(contest.id, await call("PUT", `contests/${contest.id}/me/secret`, { contest: contest.id, body: { secret, new_secret: fresh } }));
    form.reset();
    fill(form, { secretSaved: ownAccountWords.changed });
  } catch (error) {
    const wrong = [{ field: "secret", message: ownAccountWords.wrongSecret }];
    const sentence = error.isTemporary && error.status !== 429 ? ownAccountWords.changeUnknown : messageOf(error);
    failed(here, form, error, error.code === "wrong_credentials" ? wrong : errorsOf(error, sentence));
  }
}

async function signOutEverywhere({ root, contest }) {
  fill(root, { everywhereError: null });
  try {
    await answerTo("DELETE", `contests/${contest.id}/sessions`, { contest: contest.id });
  } catch (error) {
    // A session that opens nothing any more has ended, by an earlier try or elsewhere.
    if (error.status !== 401) return fill(root, { everywhereError: messageOf(error) });
  }
  localStore.signedOut(contest.id);
  showView(root, "ended");
  focusOn(root.querySelector("#ended-title"));
}

function onSubmit(form, work) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    fill(form, { dataSaved: null, secretSaved: null });
    whileBusy(ref(form, "submit"), work);
  });
}

function prepare(here) {
  const { root, contest, data, secrets } = here;
  unitChooser({ select: data.elements.unit, search: document.getElementById("unit-search"), found: document.getElementById("unit-search-count") }, eligibleUnits(contest));
  for (const button of secrets.querySelectorAll("[data-show]")) secretToggle(button, secrets.elements[button.dataset.show]);
  onSubmit(data, () => correct(here));
  onSubmit(secrets, () => changeSecret(here));
  ref(root, "everywhere").addEventListener("click", () => whileBusy(ref(root, "everywhere"), () => signOutEverywhere(here)));
  showData(here);
}

function accountPage(root) {
  const id = idFromAddress("c");
  if (!id) return missing(root);
  contestLinks(root);
  return load(root, async () => {
    const contest = await contestJson(id);
    offerRegistration(registrationState(contest, now()) === "open");
    fill(root, { contestName: contest.name });
    if (!localStore.session(id)) return showView(root, "sign-in");
    try {
      prepare({ root, contest, mine: await me(id), data: ref(root, "data"), secrets: ref(root, "secrets") });
      showView(root, "ready");
    } catch (error) {
      if (error.status !== 401) throw error;
      showView(root, "sign-in");
    }
  });
}

start({ account: accountPage });
