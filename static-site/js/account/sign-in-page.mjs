// Signing in with what the contest's form asks for, or the contestant code; afterwards back to where the visitor came from.

import { call, contestJson, now } from "../server.mjs";
import { fill, idFromAddress, load, messageOf, missing, pageLink, ref, showView } from "../dom.mjs";
import { clearErrors, errorsOf, showErrors, whileBusy } from "../form.mjs";
import { identifierNames, identifierText, knownDevice, nameIdentifiers, secretToggle, signedIn } from "./credentials.mjs";
import * as localStore from "../local-store.mjs";
import { contestLinks, offerRegistration, start } from "../page.mjs";
import { registrationState } from "../states.mjs";
import { accountWords } from "../words/account.mjs";

const OWN_PAGE = /^\/(account|contest|erase|round|results)\.html\?[\w.~%&=-]*$/; // never to another site

function goBack(contest) {
  const wanted = new URLSearchParams(location.search).get("return") ?? "";
  location.assign(OWN_PAGE.test(wanted) ? wanted : pageLink("contest.html", { c: contest }));
}

function errorsIn(form, fields) {
  return [["identifier", accountWords.enter(identifierText(fields))], ["secret", accountWords.field.signInSecret]]
    .filter(([name]) => form.elements[name].value.trim() === "")
    .map(([field, message]) => ({ field, message }));
}

/** What else one can sign in with than what was typed. */
function otherIdentifiers(typed, fields) {
  const digits = typed.replace(/[\s.+-]/g, "");
  const numbers = /^\d{12}$/.test(digits) ? "citizen_id" : /^\d{9,14}$/.test(digits) ? "phone" : "code";
  const kind = typed.includes("@") ? "email" : numbers;
  const names = identifierNames(fields).filter((name) => name !== kind);
  return names.map((name) => accountWords.identifier[name]).join(` ${accountWords.or} `);
}

async function submit(form, contest) {
  const identifier = form.elements.identifier.value.normalize("NFC").trim();
  const device = knownDevice(contest.id);
  const body = { identifier, secret: form.elements.secret.value.normalize("NFC"), ...(device ? { device } : {}) };
  try {
    signedIn(contest.id, await call("POST", `contests/${contest.id}/sessions`, { body }));
    goBack(contest.id);
  } catch (error) {
    const others = error.status === 429 ? otherIdentifiers(identifier, contest.fields) : "";
    showErrors(form, errorsOf(error, messageOf(error) + (others && ` ${accountWords.tryOther(others)}`)));
  }
}

function signIn(root) {
  const id = idFromAddress("c");
  if (!id) return missing(root);
  const form = ref(root, "form");
  let contest = null;
  contestLinks(root);
  secretToggle(ref(form, "show-secret"), form.elements.secret);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    const errors = errorsIn(form, contest.fields);
    if (errors.length > 0) showErrors(form, errors);
    else whileBusy(ref(form, "submit"), () => submit(form, contest));
  });
  return load(root, async () => {
    contest = await contestJson(id);
    offerRegistration(registrationState(contest, now()) === "open");
    fill(root, { contestName: contest.name });
    nameIdentifiers(form, contest.fields);
    showView(root, "form");
  });
}

start({ "sign-in": signIn });
