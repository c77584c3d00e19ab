// Published files, the API of /v1 and the server's time. Only the page that checks a round reads its large files itself.

import * as localStore from "./local-store.mjs";
import { words } from "./words/shared.mjs";

const PATIENCE_MS = 15_000;

/** The server answered with a problem document (RFC 9457). */
export class Problem extends Error {
  static contact = ""; // for who is refused

  constructor(status, body, retryAfterSeconds) {
    super((body.detail || fallback(status, retryAfterSeconds)) + (status > 400 && status < 410 ? Problem.contact : ""));
    this.status = status;
    this.code = body.code ?? "";
    this.fields = body.errors ?? [];
    this.receipt = body.receipt ?? null;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get isTemporary() {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

export class Unreachable extends Error {
  isTemporary = true;
  constructor(cause) {
    super(words.problem.offline, { cause });
  }
}

function fallback(status, seconds) {
  if (status === 404) return words.problem.missing;
  return seconds ? words.problem.busy(seconds) : words.problem.server;
}

async function request(path, options, read = (answer) => answer.text()) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(path, { ...options, signal: limit.signal, credentials: "omit" });
    return { answer, text: await read(answer) };
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

/** A published file; `fresh` asks past the cache: pointers change, versions do not. */
export async function readText(path, { fresh = false } = {}) {
  const got = await request(`/contests/${path}`, { cache: fresh ? "no-cache" : "default" });
  if (!got.answer.ok) throw problemOf(got);
  return got.text;
}

export async function readJson(path, options) {
  return JSON.parse(await readText(path, options));
}

/** With `contest` its session goes along; a 401 ends it. */
export async function answerTo(method, path, { contest = null, body, read } = {}) {
  const headers = {};
  if (body !== undefined) headers["content-type"] = "application/json";
  const session = contest && localStore.session(contest);
  if (session) headers.authorization = `Bearer ${session.session}`;
  const sent = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  const got = await request(`/v1/${path}`, { method, headers, body: sent, cache: "no-store" }, read);
  if (got.answer.ok) return got;
  const problem = problemOf(got);
  if (problem.status === 401 && problem.code !== "wrong_credentials" && contest) localStore.signedOut(contest);
  throw problem;
}

export const call = async (method, path, options) => JSON.parse((await answerTo(method, path, options)).text);

/** A contest, once the server's time is known; shows whom to ask. */
export async function contestJson(contest) {
  const [json] = await Promise.all([readJson(`${contest}/contest.json`, { fresh: true }), syncClock().catch(() => {})]);
  for (const round of json.rounds) round.attempt ??= json.attempt;
  if (json.contact) import("./contact.mjs").then(({ showContact }) => showContact(json), console.warn);
  return json;
}
export const me = (contest) => call("GET", `contests/${contest}/me`, { contest });
export const attemptPath = (contest, round, attempt) => `contests/${contest}/rounds/${round}/attempts/${attempt}`;

// ---- The server's time, kept by the monotonic clock: the phone's own date may be wrong.

let serverAtZero = null; // server time, in ms, when performance.now() was 0

/** The middle of the round trip is taken as the moment of the answer. */
export async function syncClock() {
  const before = performance.now();
  const { now } = await call("GET", "time");
  serverAtZero = Date.parse(now) - (before + performance.now()) / 2;
}

export function noteServerTime(time) {
  serverAtZero = Date.parse(time) - performance.now();
}

/** Milliseconds since 1970; the phone's clock stands in until the server has answered. */
export function now() {
  return serverAtZero === null ? Date.now() : serverAtZero + performance.now();
}

/** Calls `show` each second with the milliseconds left; returns a function that stops it. */
export function countdown(until, show) {
  const end = typeof until === "number" ? until : Date.parse(until);
  let timer = null;
  const tick = () => {
    const left = end - now();
    if (left > 0) timer = setTimeout(tick, Math.min(1000, left % 1000 || 1000));
    show(Math.max(0, left));
  };
  tick();
  return () => clearTimeout(timer);
}

// A sleeping phone stops its monotonic clock. Failing here is harmless: the server decides in any case.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") syncClock().catch(() => {});
});
