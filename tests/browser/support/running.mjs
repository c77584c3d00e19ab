// A running `hoithi serve` (BASE_URL, S3_URL): its clock, its uploads bucket, its published files.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { AwsClient } from "aws4fetch";
import { REPOSITORY } from "./pages.mjs";

export const BASE_URL = process.env.BASE_URL;
const S3_URL = process.env.S3_URL;
const s3 = new AwsClient({ accessKeyId: "local", secretAccessKey: "local", region: "ap-southeast-1", service: "s3", retries: 0 });

/** Waits until `probe` returns something true; fails by name after `seconds`. */
export async function until(what, probe, seconds = 60) {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = await probe();
    if (found) return found;
    assert.ok(performance.now() < end, `waited ${seconds} s for: ${what}`);
    await pause(200);
  }
}

export async function now() {
  return (await (await fetch(`${BASE_URL}/v1/time`)).json()).now;
}

/** Moves the server's clock on; every schedule that became due must have succeeded. */
export async function moveClockTo(time) {
  const answer = await fetch(`${BASE_URL}/_local/clock`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ now: time }) });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  const { fired } = JSON.parse(text);
  assert.deepEqual(fired.filter(({ outcome }) => outcome !== "ok"), []);
}

/** Puts a contest folder into `uploads`, the plan first, as an organizer would. */
export async function upload(contest) {
  const folder = `${REPOSITORY}contests/${contest}/`;
  const names = readdirSync(folder).filter((name) => name !== "README.md");
  for (const name of names.sort((a, b) => (b === "contest.toml") - (a === "contest.toml"))) {
    const answer = await s3.fetch(`${S3_URL}/uploads/${contest}/${name}`, { method: "PUT", body: readFileSync(folder + name) });
    assert.equal(answer.status, 200, `${name}: ${await answer.text()}`);
  }
}

/** A published JSON file, or null while it is not there. */
export async function published(path) {
  const answer = await fetch(`${BASE_URL}/contests/${path}`, { cache: "no-store" });
  return answer.ok ? answer.json() : null;
}
