// What the importer says of a file that was just written: it takes a moment, and the page waits for it.

import { call } from "./api.mjs";
import { bodyOf } from "./ask.mjs";

const TRIES = 60;
const PAUSE_MS = 500;
const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/** The report on a version of a file, or on whichever is there; null where it takes too long. */
export async function reportOn(contest, name, version = null) {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (tries > 0) await pause();
    const reply = await call("GET", `contests/${contest}/files/${name}/report`);
    if (reply.status === 200 && (!version || reply.body.version_id === version)) return reply.body;
    bodyOf(reply);
  }
  return null;
}
