// A visit to a stand-in server of its own, which leaves nothing behind.

import assert from "node:assert/strict";
import { standIn } from "./stand-in.mjs";
import { visitor } from "./chromium.mjs";

/** Starts the server, lets `check` visit it, and stops it. So many faults of the page's own may be on the console. */
export async function visit(browser, start, check, { traces = 0, ...options } = {}) {
  const server = await standIn(start);
  const { context, page, faults } = await visitor(browser, server.url, options);
  try {
    await check(page, server);
    assert.equal(faults.length, traces, faults.join("\n"));
  } finally {
    await context.close();
    await server.close();
  }
}
