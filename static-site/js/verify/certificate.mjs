// What the results say today of a certificate, from the address in its code (docs/TRUST.md, Certificates). The address
// names nobody: a prize or a certificate is found by a short hash, and what the results say is what holds.

import { announce, fill, newElement, pageLink, ref, showView } from "../dom.mjs";
import { rowsOf } from "./files.mjs";
import { certificateWords as words } from "../words/certificate.mjs";

const PUBLIC_NAME = /^[a-z0-9]{16}$/;
const SHORT_HASH = /^[0-9a-f]{16}$/;
const KINDS = { prize: "good", reached: "good", untold: "part", unpublished: "part" }; // else an error

const textOf = (bytes) => new TextDecoder().decode(bytes);

async function shortHash(contest, round, person, name) {
  const text = `hoithi/certificate/1\n${contest}\n${round}\n${person}\n${name}\n`;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest).slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The live version below a folder: its pointer and its files; null before there is one. */
async function liveVersion(read, folder) {
  const pointer = await read(`${folder}index.json`);
  if (!pointer) return null;
  const told = JSON.parse(textOf(pointer));
  const file = async (name) => {
    const bytes = await read(`${folder}${told.path}${name}`);
    return bytes && textOf(bytes);
  };
  return { pointer: told, results: JSON.parse(await file("results.json")), file, folder: `${folder}${told.path}` };
}

/** Questions right and asked of what counts of `person` in a round; undefined where nothing does, and null where nobody can
    say so from outside. */
async function countedIn({ file, folder }, round, { questions, points }, person) {
  const line = rowsOf(await file("ranking.csv")).find(({ contestant }) => contestant === person);
  if (!line) return (await import("./unlisted.mjs")).unlisted(file, folder, person, round);
  // A published score is cut to two digits, which tell the whole number of right answers.
  return { right: Math.round((Number(line.score) * questions) / points), questions };
}

/** Whether `person` reaches a certificate in as many rounds as it asks for; null where that cannot be told. */
async function reaches(read, { id, rounds, attempt }, rule, round, person) {
  const asked = rule.rounds === 1 ? rounds.filter((one) => one.id === round) : rounds;
  let reached = 0;
  let untold = 0;
  for (const { id: one, attempt: own } of asked) {
    const live = await liveVersion(read, `${id}/rounds/${one}/`);
    const counted = live ? await countedIn(live, one, own ?? attempt, person) : undefined;
    if (counted === null) untold += 1;
    else if (counted && counted.right * 100 >= rule.min_percent * counted.questions) reached += 1;
  }
  if (reached >= rule.rounds) return true;
  return reached + untold >= rule.rounds ? null : false;
}

/** What is certified, and how it stands with it: `{ verdict, name, winner, instead }`. Certificates for several rounds may be
    there where nothing else is decided over the contest, and so no results are. */
async function judge(read, contest, { round, person, hash }, live) {
  const certifies = async (name) => (await shortHash(contest.id, round, person, name)) === hash;
  const won = live ? live.results.winners.filter((winner) => winner.contestant === person) : [];
  for (const winner of won) {
    if (await certifies(winner.prize)) return { verdict: "prize", name: winner.prize, winner };
  }
  for (const rule of contest.certificates ?? []) {
    if (!(await certifies(rule.name))) continue;
    const reached = await reaches(read, contest, rule, round, person);
    return { verdict: { true: "reached", false: "notReached", null: "untold" }[reached], name: rule.name };
  }
  return { verdict: live ? "none" : "unpublished", instead: won.map(({ prize }) => prize) };
}

function linesOf({ verdict, winner, instead }, { person, roundName }, live) {
  const lines = [words.pseudonym(person), words.round(roundName)];
  if (verdict === "prize") lines.push(winner.full_name ? words.name(winner.full_name) : words.noName);
  if (instead?.length > 0) lines.push(words.instead(instead.join(", ")));
  if (!live) return lines;
  const { version, status, history } = live.pointer;
  lines.push(words.version(version, words.status[status] ?? status));
  if (version > 1) lines.push(words.newer(history.find((entry) => entry.version === version).reason));
  return lines;
}

/** Shows what holds of the certificate that the address of this page names. */
export async function showCertificate(root, contest, round, read) {
  const query = new URLSearchParams(location.search);
  const [person, hash] = [query.get("p"), query.get("h")];
  const folder = round === "overall" ? `${contest.id}/overall/` : `${contest.id}/rounds/${round}/`;
  const roundName = contest.rounds.find(({ id }) => id === round)?.name ?? words.overall;
  const isWhole = PUBLIC_NAME.test(person) && SHORT_HASH.test(hash);
  const live = isWhole ? await liveVersion(read, folder) : null;
  const judged = isWhole ? await judge(read, contest, { round, person, hash }, live) : { verdict: "broken" };
  const told = words.heading[judged.verdict];
  const sentence = typeof told === "string" ? told : told(judged.name);
  fill(root, { title: words.title, contestName: contest.name, certified: sentence });
  document.title = `${words.title} – ${contest.name}`;
  ref(root, "certified").dataset.kind = KINDS[judged.verdict] ?? "error";
  const lines = isWhole ? linesOf(judged, { person, roundName }, live) : [];
  ref(root, "certified-lines").replaceChildren(...lines.map((textContent) => newElement("li", { textContent })));
  const address = { c: contest.id, r: round === "overall" ? null : round };
  ref(root, "to-check").href = pageLink("verify.html", address);
  showView(root, "certificate");
  announce(sentence);
}
