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
