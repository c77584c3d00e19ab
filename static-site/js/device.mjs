// What tells a contest that an account was used on this device before.

import * as keep from "./keep.mjs";

const deviceKey = (contest) => `hoithi.device.${contest}`;

/** Opens nothing and names nobody: with it, a stranger's wrong tries do not keep this device out. */
export const knownDevice = (contest) => keep.read(deviceKey(contest));

export function signedIn(contest, { device, ...session }) {
  if (device) keep.write(deviceKey(contest), device);
  keep.signedIn(contest, session);
}

/** After an erasure nothing is left that the account was used here. */
export function forgotten(contest) {
  keep.remove(deviceKey(contest));
  keep.signedOut(contest);
}
