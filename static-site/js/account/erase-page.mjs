// Erasing one's account: what is lost is said, the secret is asked for and checked by signing in with it, and what
// has happened is said in words. Nothing else on the site erases anything.

import { call, contestJson, me, now } from "../server.mjs";
import { fill, focusOn, idFromAddress, load, messageOf, missing, ref, showView } from "../dom.mjs";
import { clearErrors, errorsOf, showErrors, whileBusy } from "../form.mjs";
import { forgotten, knownDevice, secretToggle, signedIn } from "./credentials.mjs";
import * as localStore from "../local-store.mjs";
import { contestLinks, offerRegistration, start } from "../page.mjs";
import { registrationState } from "../states.mjs";
import { eraseWords } from "../words/account.mjs";

const errorAt = (message) => [{ field: "secret", message }];

/** A fresh session shows that the secret is known; the account that it opens is the one that goes. */
async function checkSecret(here, secret) {
  const { contestant } = localStore.session(here.contest);
  const device = knownDevice(here.contest);
  const body = { identifier: contestant, secret, ...(device ? { device } : {}) };
  const grant = await call("POST", `contests/${here.contest}/sessions`, { body });
  signedIn(here.contest, grant);
  here.checked = contestant;
}

async function erase(here, secret) {
  try {
    if (!here.checked) await checkSecret(here, secret);
  } catch (error) {
    return showErrors(here.form, error.code === "wrong_credentials" ? errorAt(eraseWords.wrongSecret) : errorsOf(error, messageOf(error)));
  }
  try {
    await call("DELETE", `contests/${here.contest}/me`, { contest: here.contest });
  } catch (error) {
    // The session was opened a moment ago: if it opens nothing now, an earlier try has erased the account.
    if (error.status !== 401) return showErrors(here.form, errorsOf(error, error.isTemporary ? eraseWords.unknown : messageOf(error)));
  }
  forget(here);
  showView(here.root, "done");
  focusOn(here.root.querySelector("#done-title"));
}

/** Nothing of the person stays in this browser either. */
function forget({ contest, checked }) {
  forgotten(contest);
  for (const key of localStore.keys(`hoithi.sheet.${contest}.`)) if (key.split(".").includes(checked)) localStore.remove(key);
}

function wire(here) {
  secretToggle(ref(here.form, "show-secret"), here.form.elements.secret);
  here.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(here.form);
    const secret = here.form.elements.secret.value.normalize("NFC");
    if (secret.trim() === "") showErrors(here.form, errorAt(eraseWords.enterSecret));
    else whileBusy(ref(here.form, "submit"), () => erase(here, secret));
  });
}

function erasePage(root) {
  const contest = idFromAddress("c");
  if (!contest) return missing(root);
  contestLinks(root);
  const here = { root, contest, form: ref(root, "form"), checked: null };
  wire(here);
  return load(root, async () => {
    const published = await contestJson(contest);
    offerRegistration(registrationState(published, now()) === "open");
    fill(root, { contestName: published.name });
    if (!localStore.session(contest)) return showView(root, "sign-in");
    try {
      const mine = await me(contest);
      fill(root, { fullName: mine.full_name ?? mine.pseudonym, pseudonym: mine.pseudonym });
      showView(root, "form");
    } catch (error) {
      if (error.status !== 401) throw error;
      showView(root, "sign-in");
    }
  });
}

start({ erase: erasePage });
