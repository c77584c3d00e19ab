// Signing in with citizen id, phone or contestant code; afterwards back to where the visitor came from.

import { call, contestJson, now } from "../server.mjs";
import { fill, idFromAddress, load, messageOf, missing, pageLink, ref, showView } from "../dom.mjs";
import { clearErrors, errorsOf, showErrors, whileBusy } from "../form.mjs";
import { knownDevice, secretToggle, signedIn } from "./credentials.mjs";
import * as localStore from "../local-store.mjs";
import { contestLinks, offerRegistration, start } from "../page.mjs";
import { registrationState } from "../states.mjs";
import { accountWords } from "../words/account.mjs";

const OWN_PAGE = /^\/(account|contest|erase|round|results)\.html\?[\w.~%&=-]*$/; // never to another site

function goBack(contest) {
  const wanted = new URLSearchParams(location.search).get("return") ?? "";
  location.assign(OWN_PAGE.test(wanted) ? wanted : pageLink("contest.html", { c: contest }));
}

function errorsIn(form) {
  return [["identifier", accountWords.field.identifier], ["secret", accountWords.field.signInSecret]]
    .filter(([name]) => form.elements[name].value.trim() === "")
    .map(([field, message]) => ({ field, message }));
}

/** What else one can sign in with than what was typed. */
function otherIdentifiers(typed, fields) {
  const digits = typed.replace(/[\s.+-]/g, "");
  const kind = /^\d{12}$/.test(digits) ? "citizen_id" : /^\d{9,14}$/.test(digits) ? "phone" : "code";
  const names = ["citizen_id", "phone", "code"].filter((name) => name !== kind && (name === "code" || fields.includes(name)));
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
    const errors = errorsIn(form);
    if (errors.length > 0) showErrors(form, errors);
    else whileBusy(ref(form, "submit"), () => submit(form, contest));
  });
  return load(root, async () => {
    contest = await contestJson(id);
    offerRegistration(registrationState(contest, now()) === "open");
    fill(root, { contestName: contest.name });
    showView(root, "form");
  });
}

start({ "sign-in": signIn });
