// Golden files below tests/golden/. UPDATE_GOLDEN=1 writes them anew; look at the difference before keeping it.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { REPOSITORY } from "./pages.mjs";

export function matchesGolden(name, text) {
  const path = `${REPOSITORY}tests/golden/${name}`;
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${text}\n`);
  }
  assert.ok(existsSync(path), `${path} is missing: write it with UPDATE_GOLDEN=1`);
  assert.equal(`${text}\n`, readFileSync(path, "utf8"), `${name} differs: if that is meant, write it with UPDATE_GOLDEN=1`);
}
