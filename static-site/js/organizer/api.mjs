// The organizers' API: a session goes along, and files are replaced only as they were read.

const PREFIX = "/v1/organizer/";
const SESSION = "hoithi.organizer.session";

async function ask(method, path, { body, headers = {} } = {}) {
  const session = sessionStorage.getItem(SESSION);
  const all = session ? { ...headers, authorization: `Bearer ${session}` } : headers;
  const answer = await fetch(PREFIX + path, { method, headers: all, body, cache: "no-store", credentials: "omit" });
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get("content-type") ?? "");
  return { status: answer.status, body: isJson ? JSON.parse(text) : text, etag: answer.headers.get("etag") };
}

export const call = (method, path, body) =>
  ask(method, path, body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } });

/** Writes a file; `etag` is that of the file as it was read, null where there was none. */
export async function saveFile(contest, name, bytes, etag) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const base64 = btoa(String.fromCharCode(...new Uint8Array(digest)));
  const condition = etag === null ? { "if-none-match": "*" } : { "if-match": etag };
  return ask("PUT", `contests/${contest}/files/${name}`, { body: bytes, headers: { "content-digest": `sha-256=:${base64}:`, ...condition } });
}
