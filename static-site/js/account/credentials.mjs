// What the pages of an account share: the box of a secret, and what tells a contest that the account was used on this
// device before.

import * as localStore from "../local-store.mjs";
import { accountWords } from "../words/account.mjs";

export function secretToggle(button, input) {
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    button.textContent = shown ? accountWords.showSecret : accountWords.hideSecret;
  });
}

/** By what accounts are found: what the contest's form asks for, and its own code. */
export const identifierNames = (fields = []) => ["citizen_id", "phone", "email", "code"].filter((name) => name === "code" || fields.includes(name));

/** The same in words: "số căn cước, số điện thoại hoặc mã dự thi". */
export function identifierText(fields) {
  const names = identifierNames(fields).map((name) => accountWords.identifier[name]);
  return [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(` ${accountWords.or} `);
}

/** The label of the box in which somebody names their account. */
export function nameIdentifiers(form, fields) {
  const text = identifierText(fields);
  form.querySelector("label[for='identifier']").textContent = text[0].toUpperCase() + text.slice(1);
}

const deviceKey = (contest) => `hoithi.device.${contest}`;

/** Opens nothing and names nobody: with it, a stranger's wrong tries do not keep this device out. */
export const knownDevice = (contest) => localStore.read(deviceKey(contest));

export function signedIn(contest, { device, ...session }) {
  if (device) localStore.write(deviceKey(contest), device);
  localStore.signedIn(contest, session);
}

/** After an erasure nothing is left that the account was used here. */
export function forgotten(contest) {
  localStore.remove(deviceKey(contest));
  localStore.signedOut(contest);
}
