// Signing in with citizen id, phone or contestant code; afterwards back to where the visitor came from.

import { call, contestJson } from "./server.mjs";
import { fill, idFromAddress, load, messageOf, missing, pageLink, ref, showView } from "./dom.mjs";
import { clearErrors, errorsOf, secretToggle, showErrors, whileBusy } from "./form.mjs";
import * as keep from "./keep.mjs";
import { contestLinks, start } from "./page.mjs";
import { entryWords } from "./words-entry.mjs";

const OWN_PAGE = /^\/(contest|round|results)\.html\?[\w.~%&=-]*$/; // never to another site

function goBack(contest) {
  const wanted = new URLSearchParams(location.search).get("return") ?? "";
  location.assign(OWN_PAGE.test(wanted) ? wanted : pageLink("contest.html", { c: contest }));
}

function errorsIn(form) {
  return [["identifier", entryWords.field.identifier], ["secret", entryWords.field.signInSecret]]
    .filter(([name]) => form.elements[name].value.trim() === "")
    .map(([field, message]) => ({ field, message }));
}

async function submit(form, contest) {
  const body = { identifier: form.elements.identifier.value.normalize("NFC").trim(), secret: form.elements.secret.value.normalize("NFC") };
  try {
    keep.signedIn(contest, await call("POST", `contests/${contest}/sessions`, { body }));
    goBack(contest);
  } catch (error) {
    showErrors(form, errorsOf(error, messageOf(error)));
  }
}

function signIn(root) {
  const id = idFromAddress("c");
  if (!id) return missing(root);
  const form = ref(root, "form");
  contestLinks(root);
  secretToggle(ref(form, "show-secret"), form.elements.secret);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    const errors = errorsIn(form);
    if (errors.length > 0) showErrors(form, errors);
    else whileBusy(ref(form, "submit"), () => submit(form, id));
  });
  return load(root, async () => {
    fill(root, { contestName: (await contestJson(id)).name });
    showView(root, "form");
  });
}

start({ "sign-in": signIn });
