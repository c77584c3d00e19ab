// A lost secret: the code of a slip from the organizers sets another one, and opens a session.

import { call, contestJson, now } from "../server.mjs";
import { fill, focusOn, idFromAddress, load, messageOf, missing, ref, showView } from "../dom.mjs";
import { clearErrors, errorsOf, showErrors, whileBusy } from "../form.mjs";
import { identifierText, nameIdentifiers, secretToggle, signedIn } from "./credentials.mjs";
import { contestLinks, offerRegistration, start } from "../page.mjs";
import { registrationState } from "../states.mjs";
import { accountWords } from "../words/account.mjs";
import { ownAccountWords } from "../words/own-account.mjs";

const FIELDS = [["identifier", "identifier"], ["code", "code"], ["secret", "newSecret"]];

function errorsIn(form, fields) {
  const enter = { ...ownAccountWords.enter, identifier: accountWords.enter(identifierText(fields)) };
  return FIELDS.filter(([name]) => form.elements[name].value.trim() === "").map(([field, word]) => ({ field, message: enter[word] }));
}

function sentenceOf(error) {
  if (error.code === "wrong_credentials") return ownAccountWords.wrongSlip;
  return error.isTemporary && error.status !== 429 ? ownAccountWords.slipUnknown : messageOf(error);
}

async function submit(root, form, contest) {
  const text = (name) => form.elements[name].value.normalize("NFC");
  const body = { identifier: text("identifier").trim(), code: text("code").trim(), secret: text("secret") };
  try {
    signedIn(contest, await call("POST", `contests/${contest}/secrets`, { body }));
    form.reset();
    showView(root, "done");
    focusOn(root.querySelector("#done-title"));
  } catch (error) {
    showErrors(form, errorsOf(error, sentenceOf(error)));
  }
}

/** Whom to ask for a slip: as the plan says, else the organizers by their name. */
function contactOf({ organizer, contact }) {
  const ways = [contact?.phone, contact?.email, contact?.hours].filter(Boolean).join(", ");
  return ownAccountWords.contact(contact?.name ?? organizer, ways);
}

function lostSecret(root) {
  const id = idFromAddress("c");
  if (!id) return missing(root);
  const form = ref(root, "form");
  let fields = [];
  contestLinks(root);
  secretToggle(form.querySelector("[data-show='secret']"), form.elements.secret);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    const errors = errorsIn(form, fields);
    if (errors.length > 0) showErrors(form, errors);
    else whileBusy(ref(form, "submit"), () => submit(root, form, id));
  });
  return load(root, async () => {
    const contest = await contestJson(id);
    offerRegistration(registrationState(contest, now()) === "open");
    fields = contest.fields;
    nameIdentifiers(form, fields);
    fill(root, { contestName: contest.name, contact: contactOf(contest) });
    showView(root, "form");
  });
}

start({ "lost-secret": lostSecret });
