// The only place that talks to the server: published files, and the API of /v1.

import * as keep from "./keep.mjs";
import { words } from "./words.mjs";

const PATIENCE_MS = 15_000; // a phone on a weak network; after this a try counts as lost

/** The server answered with a problem document (RFC 9457). */
export class Problem extends Error {
  constructor(status, body, retryAfterSeconds) {
    super(body.detail || fallback(status, body.code, retryAfterSeconds));
    this.status = status;
    this.code = body.code ?? "";
    this.fields = body.errors ?? [];
    this.receipt = body.receipt ?? null;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Overload and faults pass; a refusal does not. */
  get isTemporary() {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

/** No answer came: no network, or it broke off. */
export class Unreachable extends Error {
  isTemporary = true;
  constructor(cause) {
    super(words.problem.offline, { cause });
  }
}

function fallback(status, code, seconds) {
  if (words.problem[code]) return words.problem[code];
  if (status === 404) return words.problem.missing;
  return seconds ? words.problem.busy(seconds) : words.problem.server;
}

async function request(path, options) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(path, { ...options, signal: limit.signal, credentials: "omit" });
    return { answer, text: await answer.text() };
  } catch (cause) {
    throw new Unreachable(cause);
  } finally {
    clearTimeout(timer);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {}; // a gateway's HTML error page: the status alone speaks
  }
}

function problemOf({ answer, text }) {
  const seconds = Number.parseInt(answer.headers.get("retry-after") ?? "", 10);
  return new Problem(answer.status, parsed(text), Number.isNaN(seconds) ? null : seconds);
}

/** Text of a published file below /contests/. `fresh` asks past the cache: pointers change, versions do not. */
export async function readText(path, { fresh = false } = {}) {
  const got = await request(`/contests/${path}`, { cache: fresh ? "no-cache" : "default" });
  if (!got.answer.ok) throw problemOf(got);
  return got.text;
}

export async function readJson(path, options) {
  return JSON.parse(await readText(path, options));
}

/** One call of the API; with `contest` the session of that contest goes along. A 401 ends the session. */
export async function call(method, path, { contest = null, body } = {}) {
  const headers = {};
  if (body !== undefined) headers["content-type"] = "application/json";
  const session = contest && keep.session(contest);
  if (session) headers.authorization = `Bearer ${session.session}`;
  const sent = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  const got = await request(`/v1/${path}`, { method, headers, body: sent, cache: "no-store" });
  if (got.answer.ok) return JSON.parse(got.text);
  const problem = problemOf(got);
  if (problem.status === 401 && problem.code !== "wrong_credentials" && contest) keep.signedOut(contest);
  throw problem;
}

export const contestJson = (contest) => readJson(`${contest}/contest.json`, { fresh: true });
export const me = (contest) => call("GET", `contests/${contest}/me`, { contest });
export const attemptPath = (contest, round, attempt) => `contests/${contest}/rounds/${round}/attempts/${attempt}`;
