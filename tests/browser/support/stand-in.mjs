// A stand-in server that says what a test tells it to: for states no real server produces on demand
// (a lost answer, an overload, a forged receipt) and for snapshots that must not change from run to run.

import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import * as fixture from "./fixture.mjs";
import { SITE } from "./pages.mjs";

const TYPES = { ".html": "text/html; charset=utf-8", ".mjs": "text/javascript", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json", ".csv": "text/csv" };
export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

export const json = (status, body, headers = {}) => ({ status, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } });
export const problem = (status, code, detail, more = {}, headers = {}) =>
  json(status, { type: "about:blank", title: code, status, code, detail, errors: [], ...more }, { "content-type": "application/problem+json", ...headers });
/** The connection breaks before any answer. */
export const LOST = Symbol("lost");

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

function fromDisk(path) {
  const name = path === "/" ? "index.html" : path.slice(1);
  const known = /^[\w./-]+$/.test(name) && !name.includes("..") && existsSync(SITE + name) && extname(name) !== "";
  const file = known ? name : "404.html";
  return { status: known ? 200 : 404, body: readFileSync(SITE + file), headers: { "content-type": TYPES[extname(file)] } };
}

/**
 * Starts a stand-in. `state` may be changed at any time: `now` (RFC 3339; `set` restarts it), `published`,
 * `overContest` (texts below the contest), `routes` (more of them, which come first), `attempts` of /me, `sheets` (accepted answers by attempt) and `answer` ({"PUT attempt": (body, tries) => reply, …}).
 */
export async function standIn(start) {
  const state = { published: false, overContest: {}, attempts: [], sheets: new Map(), answer: {}, asked: [], ...start };
  let since = performance.now();
  const now = () => Date.parse(state.now) + performance.now() - since;
  const iso = (time) => new Date(time).toISOString();

  const accept = (attempt, body) => {
    const received = iso(now());
    const lines = ["hoithi/receipt/1", fixture.CONTEST, fixture.ROUND, fixture.PSEUDONYM, attempt, received, Buffer.alloc(32, 9).toString("base64")];
    const sheet = { body, answer: { status: "accepted", receipt: fixture.note(lines), received_at: received, duration_ms: 61999, score: null } };
    state.sheets.set(attempt, sheet);
    return json(200, sheet.answer);
  };
  const submit = (attempt, body) => {
    const kept = state.sheets.get(attempt);
    if (!kept) return accept(attempt, body);
    return kept.body === body ? json(200, kept.answer) : problem(409, "already_submitted", "Lượt thi này đã nộp một bài khác.", { receipt: kept.answer.receipt });
  };
  const startAttempt = () => {
    const attempt = state.attempts.length + 1;
    state.attempts.push({ attempt, status: "open", started_at: iso(now()), submitted_at: null });
    return json(201, { attempt, started_at: iso(now()), ends_at: state.endsAt ?? iso(now() + 15 * 60_000), server_time: iso(now()), paper: fixture.paper });
  };
  const status = (attempt) => {
    const kept = state.sheets.get(attempt);
    return json(200, kept ? kept.answer : { status: "open", ends_at: iso(now()) });
  };

  const routes = [
    ...(state.routes ?? []),
    ["GET", /^\/v1\/time$/, "time", () => json(200, { now: iso(now()) })],
    ["GET", /^\/contests\/index\.json$/, "index", () => json(200, fixture.index)],
    ["GET", /^\/contests\/[^/]+\/contest\.json$/, "contest", () => json(200, fixture.contest)],
    ["POST", /\/contestants$/, "register", () => json(201, fixture.SESSION)],
    ["POST", /\/sessions$/, "sign-in", () => json(200, fixture.SESSION)],
    ["DELETE", /\/sessions$/, "end-sessions", () => ({ status: 204, body: "" })],
    ["POST", /\/secrets$/, "use-slip", () => json(200, fixture.SESSION)],
    ["PUT", /\/me\/secret$/, "change-secret", () => json(200, { ...fixture.SESSION, session: "phien-moi" })],
    ["PATCH", /\/me$/, "correct", (body) => json(200, { ...fixture.me(state.attempts), ...JSON.parse(body), phone: undefined })],
    ["DELETE", /\/me$/, "erase", () => json(202, { status: "erased" })],
    ["GET", /\/me\/certificates$/, "certificates", () => json(200, { certificates: [] })],
    ["GET", /\/me\/certificates\/[\w-]+$/, "certificate", () => problem(404, "no_such_certificate", "Bạn không có giấy chứng nhận này.")],
    ["GET", /\/me$/, "me", () => json(200, fixture.me(state.attempts))],
    ["POST", /\/attempts$/, "start", startAttempt],
    ["PUT", /\/attempts\/(\d+)$/, "submit", (body, match) => submit(Number(match[1]), body)],
    ["GET", /\/attempts\/(\d+)$/, "status", (_, match) => status(Number(match[1]))],
    ["GET", /^\/contests\/[^/]+\/(standings\.json|overall\/.+|rounds\/.+\/decisions\.json)$/, "over-contest", (_, match) => {
      const text = state.overContest[match[1]];
      return text === undefined ? json(403, {}) : { status: 200, body: text, headers: { "content-type": TYPES[extname(match[1])] } };
    }],
    ["GET", /^\/contests\/[^/]+\/rounds\/([^/]+)\/(.+)$/, "published", (_, match) => {
      const text = state.published && match[1] === fixture.ROUND ? fixture.published[match[2]] : undefined;
      return text === undefined ? json(404, {}) : { status: 200, body: text, headers: { "content-type": TYPES[extname(match[2])] } };
    }],
  ];

  async function reply(request) {
    const path = new URL(request.url, "http://stand-in").pathname;
    const body = await bodyOf(request);
    for (const [method, pattern, name, normal] of routes) {
      const match = request.method === method && pattern.exec(path);
      if (!match) continue;
      state.asked.push({ name, body, path });
      const tries = state.asked.filter((earlier) => earlier.name === name).length;
      const usual = () => normal(body, match, request);
      return state.answer[name] ? state.answer[name](usual, tries, body, path) : usual();
    }
    return fromDisk(path);
  }

  const server = createServer(async (request, response) => {
    const answer = await reply(request);
    if (answer === LOST) return request.socket.destroy();
    response.writeHead(answer.status, { "content-security-policy": POLICY, ...answer.headers }).end(answer.body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    state,
    /** Sets the time to `time` and lets it run on. */
    set(time) {
      state.now = time;
      since = performance.now();
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
