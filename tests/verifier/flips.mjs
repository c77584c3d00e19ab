// Flips bits all over the files of one round: every one must be found, and the file with it be named.
// node flips.mjs SITE CONTEST ROUND

import { readdirSync, readFileSync, statSync } from "node:fs";
import { checkRound } from "../../static-site/js/verify/round.mjs";

const [site, contest, round] = process.argv.slice(2);
const STEP = 97; // bytes between two flips of a longer file

const folder = `${contest}/rounds/${round}`;
const files = new Map();
for (const name of readdirSync(`${site}/contests/${folder}`, { recursive: true })) {
  const path = `${site}/contests/${folder}/${name}`;
  if (statSync(path).isFile()) files.set(`${folder}/${name}`, new Uint8Array(readFileSync(path)));
}
let flips = 0;
for (const [path, bytes] of files) {
  for (let at = 0; at < bytes.length; at += path.endsWith("index.json") ? 1 : STEP) {
    const flipped = bytes.slice();
    flipped[at] ^= 1 << (at % 8);
    const read = async (asked) => {
      if (asked === path) return flipped;
      if (files.has(asked)) return files.get(asked);
      try {
        return new Uint8Array(readFileSync(`${site}/contests/${asked}`));
      } catch {
        return null;
      }
    };
    const found = await checkRound(read, contest, round, () => {}).then(() => null, (error) => error);
    if (!found) throw new Error(`byte ${at} of ${path} is not missed`);
    // A hash in the pointer names the manifest that it no longer fits.
    const named = found.file === path || (path.endsWith("index.json") && found.file?.endsWith("manifest.json"));
    if (!named) throw new Error(`byte ${at} of ${path}: ${found.stack}`);
    flips += 1;
  }
}
console.log(`${flips} flips found`);
