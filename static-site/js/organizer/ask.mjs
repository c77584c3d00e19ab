// One request to the organizers' API. The session lives in this tab alone.

import { Problem, Unreachable } from "../server.mjs";

const PREFIX = "/v1/organizer/";
const SESSION = "hoithi.organizer.session";
const PATIENCE_MS = 30_000;

export const session = () => JSON.parse(sessionStorage.getItem(SESSION) ?? "null");

/** Keeps what the API said of a session that was opened. */
export const signedIn = (opened) => sessionStorage.setItem(SESSION, JSON.stringify(opened));

/** Forgets the session, and with it whatever this tab keeps of the work. */
export const signedOut = () => sessionStorage.clear();

const bodyIn = (text, type) => (/json/.test(type) ? JSON.parse(text) : text);

/** The answer, whatever its status; `Unreachable` where there is none. With `asBytes` a good answer's body is a Blob. */
export async function ask(method, path, { body, headers = {}, patienceMs = PATIENCE_MS, asBytes = false } = {}) {
  const opened = session();
  const all = opened ? { ...headers, authorization: `Bearer ${opened.session}` } : headers;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), patienceMs);
  try {
    const options = { method, headers: all, body, cache: "no-store", credentials: "omit", signal: limit.signal };
    const answer = await fetch(PREFIX + path, options);
    const type = answer.headers.get("content-type") ?? "";
    const content = asBytes && answer.ok ? await answer.blob() : bodyIn(await answer.text(), type);
    return { status: answer.status, body: content, etag: answer.headers.get("etag"), retryAfter: answer.headers.get("retry-after") };
  } catch (cause) {
    throw new Unreachable(cause);
  } finally {
    clearTimeout(timer);
  }
}

export const askJson = (method, path, body) =>
  ask(method, path, body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } });

/** The body of an answer; its problem is thrown. */
export function bodyOf({ status, body, retryAfter }) {
  if (status < 400) return body;
  throw new Problem(status, typeof body === "object" ? body : {}, retryAfter ? Number(retryAfter) : null);
}
