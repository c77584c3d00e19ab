// The log: who did what, when and why, a hundred entries a page; and whether its chain holds.

import { announce, copyOf, fill, idFromAddress, load, messageOf, pageLink, ref, showView } from "../dom.mjs";
import { whileBusy } from "../form.mjs";
import { integer } from "../format.mjs";
import { start } from "../page.mjs";
import { readJson } from "../server.mjs";
import { consoleWords } from "../words/console.mjs";
import { logWords as words } from "../words/console-log.mjs";
import { read } from "./api.mjs";
import { begun, follow } from "./chain.mjs";
import { consoleNav } from "./nav.mjs";
import { may } from "./roles.mjs";
import { moment } from "./time.mjs";

const PAGE = 100;
const SCOPED = ["invite", "enrol"];
const OF_PEOPLE = ["change_person", "end_sessions", "sign_in", "end_session", "change_secret", "new_recovery_card", "change_app"];
const OF_PASSKEYS = ["add_passkey", "remove_passkey", "passkey_counted_back"]; // of one's own account

function actorOf({ action, actor, name }) {
  if (name) return name;
  if (actor.id) return words.gone;
  return action === "enrol" ? words.newcomer : words.nobody;
}

/** On what, as people call it; `names` are those of accounts that are known. */
function subjectOf({ action, actor, subject }, names) {
  if (SCOPED.includes(action)) {
    const [scope, role] = subject.split(" ").reverse();
    return words.subject.grant(consoleWords.role[role] ?? role, scope === "*" ? consoleWords.everywhere : scope);
  }
  if (OF_PEOPLE.includes(action)) return subject === actor.id ? words.subject.ownAccount : words.subject.person(names.get(subject) ?? subject);
  if (OF_PASSKEYS.includes(action)) return words.subject.passkey(subject.split(" ")[1]);
  if (action === "look_up") return words.subject.lookUp[subject] ?? subject;
  return subject;
}

function rowOf(entry, names, zone) {
  const row = copyOf(document.getElementById("t-entry"), {
    seq: integer(entry.seq),
    at: moment(entry.at, zone),
    who: actorOf(entry),
    role: consoleWords.role[entry.actor.role] ?? "",
    action: words.action[entry.action] ?? words.other(entry.action),
    subject: subjectOf(entry, names),
    reason: entry.reason || "–",
  });
  row.id = `muc-${entry.seq}`;
  return row;
}

/** How far the log had come when that was last signed and published; null where it never was. */
const signedHead = (contest) => readJson(`${contest}/audit.json`, { fresh: true }).catch((error) => {
  if (error.status === 404 || error.status === 403) return null; // S3 says 403 for a file that is not there
  throw error;
});

function page(root, { path, zone, names, contest }) {
  let from = 1;
  let next = null;
  const entriesFrom = (seq) => read(`${path}/${seq}`);

  async function show(seq) {
    const { entries, next: following } = await entriesFrom(seq);
    [from, next] = [seq, following];
    for (const { actor, name } of entries) if (actor.id && name) names.set(actor.id, name);
    ref(root, "entries").replaceChildren(...entries.map((entry) => rowOf(entry, names, zone)));
    ref(root, "entries-frame").hidden = entries.length === 0;
    const last = entries.at(-1)?.seq;
    fill(root, { range: last ? words.range(integer(entries[0].seq), integer(last)) : words.none });
    ref(root, "earlier").hidden = from === 1;
    for (const name of ["later", "newest"]) ref(root, name).hidden = next === null;
  }

  async function showNewest() {
    const { newest } = await read(`${path}/heads`);
    await show(newest ? newest.seq - ((newest.seq - 1) % PAGE) : 1);
  }
  const turn = (name, act) => ref(root, name).addEventListener("click", () => whileBusy(ref(root, name), async () => {
    await act().catch((error) => fill(root, { range: messageOf(error) }));
    announce(ref(root, "range").textContent);
    ref(root, "range").scrollIntoView({ block: "nearest" });
  }));
  turn("earlier", () => show(Math.max(1, from - PAGE)));
  turn("later", () => show(next));
  turn("newest", showNewest);

  const say = (text, kind = "plain") => {
    fill(root, { checked: text });
    ref(root, "checked").dataset.kind = kind;
  };
  async function check() {
    const signed = contest ? await signedHead(contest) : null;
    let signedHash = null; // of the entry that was signed, as it is now
    let end = begun;
    for (let seq = 1; seq !== null; ) {
      say(words.checking(integer(end.seq)));
      const { entries, next: following } = await entriesFrom(seq);
      const followed = await follow(end, entries, (at) => (at.seq === signed?.seq ? (signedHash = at.hash) : null));
      end = followed.end;
      if (followed.broken) return say(`${words.broken[followed.broken.kind](followed.broken.seq)} ${words.brokenNote}`, "error");
      seq = following;
    }
    if (signed && end.seq < signed.seq) return say(`${words.cut(integer(signed.seq), integer(end.seq))} ${words.brokenNote}`, "error");
    if (signed && signedHash !== signed.sha256) return say(`${words.rewritten(integer(signed.seq))} ${words.brokenNote}`, "error");
    if (end.seq === 0) return say(words.empty);
    const published = signed ? words.signed(integer(signed.seq), moment(signed.signed_at, zone)) : words.unsigned;
    say(`${words.sound(integer(end.seq), moment(end.at, zone), end.hash)} ${published}`, "good");
  }
  ref(root, "check").addEventListener("click", () => whileBusy(ref(root, "check"), () => check().catch((error) => say(messageOf(error), "error"))));
  return showNewest();
}

function log(root) {
  const contest = idFromAddress("c");
  return load(root, async () => {
    const me = await consoleNav();
    const [seen, people] = await Promise.all([contest ? read(`contests/${contest}`) : null, may(me, "seePeople", contest) ? read("people") : { people: [] }]);
    fill(root, { logOf: contest ? words.of(seen.name ?? contest) : words.ofPlatform });
    const other = ref(root, "platform");
    other.hidden = !contest || !may(me, "readAudit", null);
    other.href = pageLink("organizer/log.html", {});
    await page(root, {
      path: contest ? `contests/${contest}/audit` : "audit",
      contest,
      zone: seen?.time_zone ?? null,
      names: new Map(people.people.map(({ id, name }) => [id, name])),
    });
    showView(root, "log");
  });
}

start({ log });
