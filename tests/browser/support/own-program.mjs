// A `hoithi serve` of a test file's own: nobody else moves its clock, and nobody has an account in it yet.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { REPOSITORY } from "./pages.mjs";

const ANY_PORT = "127.0.0.1:0";

/** Starts it with a clock and without contests; `invitation` is the code that it prints for the first lead. */
export async function ownProgram(clock) {
  const data = mkdtempSync(join(tmpdir(), "hoithi-console-"));
  const contests = join(data, "none");
  mkdirSync(contests);
  const program = process.env.HOITHI ?? `${REPOSITORY}target/debug/hoithi`;
  const options = ["serve", "--data", join(data, "kept"), "--contests", contests, "--clock", clock, "--listen", ANY_PORT, "--s3-listen", ANY_PORT, "--dynamodb-listen", ANY_PORT];
  const started = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"] });
  const line = (stream, pattern) => new Promise((resolve, reject) => {
    createInterface({ input: stream }).on("line", (text) => {
      const found = pattern.exec(text);
      if (found) resolve(found[1]);
    });
    started.on("exit", (code) => reject(new Error(`${program} ended with ${code}`)));
  });
  const [url, invitation] = await Promise.all([line(started.stdout, /^ready (\S+)/), line(started.stderr, /#moi=(\S+)/)]);

  async function post(path, body) {
    const answer = await fetch(url + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    return JSON.parse(text);
  }
  return {
    url,
    invitation,
    now: async () => Date.parse((await (await fetch(`${url}/v1/time`)).json()).now),
    moveTo: (time) => post("/_local/clock", { now: new Date(time).toISOString() }),
    invite: async (role, contest) => (await post("/_local/invite", { role, contest })).code,
    async stop() {
      const ended = new Promise((resolve) => started.on("exit", resolve));
      started.kill();
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
