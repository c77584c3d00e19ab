// The page's verifier from a command line: node verify.mjs SITE CONTEST [ROUND [RECEIPT]]
// Without a round every published one is checked, and then what is published over the contest.
// Exit 0: everything holds; 1: the first difference is named.

import { readFileSync } from "node:fs";
import { checkContest } from "../../static-site/js/verify/contest.mjs";
import { checkReceipt } from "../../static-site/js/verify/receipt.mjs";
import { checkRound } from "../../static-site/js/verify/round.mjs";

const [site, contest, round, receipt] = process.argv.slice(2);

async function read(path) {
  try {
    return new Uint8Array(readFileSync(`${site}/contests/${path}`));
  } catch {
    return null;
  }
}

try {
  const checked = await (round ? checkRound(read, contest, round, () => {}) : checkContest(read, contest, () => {}));
  if (receipt) await checkReceipt([readFileSync(receipt, "utf8")], checked);
  if (!round) for (const note of checked.notes) console.log(`NOTE ${note}`);
  console.log("everything holds");
} catch (broken) {
  console.error(`BROKEN ${broken.file === undefined ? broken.stack : broken.message}`);
  process.exitCode = 1;
}
