// Checks every contest below a folder with the page's own modules, and every receipt of `receipts.json`.

import { readdirSync, readFileSync } from "node:fs";
import { checkContest } from "../../static-site/js/verify/contest.mjs";
import { checkReceipt } from "../../static-site/js/verify/receipt.mjs";
import { checkRound } from "../../static-site/js/verify/round.mjs";

const site = process.argv[2];
const receipts = JSON.parse(readFileSync(`${site}/receipts.json`, "utf8"));

async function read(path) {
  try {
    return new Uint8Array(readFileSync(`${site}/contests/${path}`));
  } catch {
    return null;
  }
}

for (const contest of readdirSync(`${site}/contests`).filter((name) => name !== "index.json")) {
  await checkContest(read, contest, () => {});
  for (const round of readdirSync(`${site}/contests/${contest}/rounds`)) {
    const live = await checkRound(read, contest, round, () => {});
    for (const [ofContest, ofRound, note] of receipts) {
      if (ofContest === contest && ofRound === round) await checkReceipt([note], live);
    }
  }
}
