// A document in parts, joined here, since a Lambda's answer holds no more than a few megabytes. What does not have the hash
// that the list names is not kept.

import { saveFile } from "../dom.mjs";
import { hexOf } from "../note.mjs";

/** The bytes of a document, read by `readPart(path)`; `null` where they have another hash. */
export async function documentBytes(path, { parts, sha256 }, { onPart, readPart }) {
  const got = [];
  for (let part = 1; part <= parts; part += 1) {
    onPart(part, parts);
    got.push(await readPart(`${path}/parts/${part}`));
  }
  const whole = new Blob(got);
  const hash = hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", await whole.arrayBuffer())));
  return hash === sha256 ? whole : null;
}

/** Saves it; resolves to whether it was what it should be. */
export async function download(path, file, ways) {
  const whole = await documentBytes(path, file, ways);
  if (whole) saveFile(file.name, whole);
  return whole !== null;
}
