// The page's verifier from a command line: node verify.mjs SITE CONTEST ROUND [RECEIPT]
// Exit 0: everything holds; 1: the first difference is named.

import { readFileSync } from "node:fs";
import { checkReceipt, checkRound } from "../../static-site/js/verify/round.mjs";

const [site, contest, round, receipt] = process.argv.slice(2);

async function read(path) {
  try {
    return new Uint8Array(readFileSync(`${site}/contests/${path}`));
  } catch {
    return null;
  }
}

try {
  const live = await checkRound(read, contest, round, () => {});
  if (receipt) await checkReceipt([readFileSync(receipt, "utf8")], live);
  console.log("everything holds");
} catch (broken) {
  console.error(`BROKEN ${broken.file === undefined ? broken.stack : broken.message}`);
  process.exitCode = 1;
}
