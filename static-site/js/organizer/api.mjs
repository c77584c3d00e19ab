// The organizers' API as pages use it: where the session has ended, signing in opens over the page and the request is made
// once more, so that nothing that was typed is lost.

import { Problem } from "../server.mjs";
import { consoleWords as words } from "../words/console.mjs";
import { ask, askJson, bodyOf, session } from "./ask.mjs";
import { giveSecondFactor, signInOverPage } from "./sign-in.mjs";

const FILE_PATIENCE_MS = 300_000; // 4 MiB at 112 kbit/s

async function signedInFor(send) {
  if (!session()) await signInOverPage();
  for (;;) {
    const answer = await send();
    if (answer.status === 401 && answer.body?.code === "no_session") await signInOverPage();
    else if (answer.status === 403 && answer.body?.code === "step_up_needed") {
      if (!(await giveSecondFactor())) throw new Problem(403, { code: "not_confirmed", detail: words.stepUp.left }, null);
    } else return answer;
  }
}

/** The answer of a request, whatever its status. */
export const call = (method, path, body) => signedInFor(() => askJson(method, path, body));

/** The body of an answer; its problem is thrown. */
export const read = async (path) => bodyOf(await call("GET", path));
export const change = async (method, path, body) => bodyOf(await call(method, path, body));

/** A file of a contest's folder as it stands there. */
export const readFile = async (contest, name) =>
  bodyOf(await signedInFor(() => ask("GET", `contests/${contest}/files/${name}`, { asBytes: true, patienceMs: FILE_PATIENCE_MS })));

/** Bytes of any other answer. */
export const readBytes = async (path) => bodyOf(await signedInFor(() => ask("GET", path, { asBytes: true, patienceMs: FILE_PATIENCE_MS })));

/** Writes a file; `etag` is that of the file as it was read, null where there was none; `more` are further headers. */
export async function saveFile(contest, name, bytes, etag, more = {}) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const base64 = btoa(String.fromCharCode(...new Uint8Array(digest)));
  const condition = etag === null ? { "if-none-match": "*" } : { "if-match": etag };
  const headers = { "content-type": "application/octet-stream", "content-digest": `sha-256=:${base64}:`, ...condition, ...more };
  const options = { body: bytes, headers, patienceMs: FILE_PATIENCE_MS };
  const answer = await signedInFor(() => ask("PUT", `contests/${contest}/files/${name}`, options));
  return { ...answer, etag: answer.etag ?? answer.body?.etag ?? null };
}
