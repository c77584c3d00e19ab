// Moving the end of the round that is open to a later moment: a button of its own, since it is pressed in a hurry. What is
// written is the stored plan with that one change, whatever stands unsaved in the form.

import { fill, messageOf, ref } from "../dom.mjs";
import { whileBusy } from "../form.mjs";
import { planWords } from "../words/console-plan.mjs";
import { words as shared } from "../words/shared.mjs";
import { call, saveFile } from "./api.mjs";
import { bodyOf } from "./ask.mjs";
import { reportOn } from "./report.mjs";
import { may } from "./roles.mjs";
import { localTime, moment, momentAndLeft } from "./time.mjs";

const words = planWords.extend;
const FILE = "contest.toml";
const MOST_MINUTES = 7 * 24 * 60;

/** The ends after so many minutes more; results never come before the end. */
export function extended({ closes, publishes }, minutes) {
  const end = Date.parse(closes) + minutes * 60_000;
  return { closes: end, publishes: Date.parse(publishes) < end ? end : null };
}

const minutesIn = (text) => (/^\d{1,5}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= MOST_MINUTES ? Number(text) : null);

/** Offers it to whoever may, while a round is open; `done(text, etag)` once the file is written. */
export function extension(root, { contest, seen, me, done }) {
  const part = ref(root, "extend");
  const round = seen.rounds.find(({ phase }) => phase === "open");
  if (!round || !may(me, "extend", contest)) return;
  const zone = seen.time_zone;
  const form = ref(part, "extend-form");
  const input = form.elements["extend-minutes"];
  const say = (text, kind = "plain") => {
    fill(part, { extendNote: text });
    ref(part, "extend-note").dataset.kind = kind;
  };
  const showEnd = () => {
    const minutes = minutesIn(input.value);
    const end = minutes && extended(round, minutes);
    fill(part, { extendNew: end ? words.newEnd(moment(end.closes, zone), end.publishes && moment(end.publishes, zone)) : "" });
    return end;
  };

  async function extend(end) {
    const stored = await call("GET", `contests/${contest}/files/${FILE}`);
    const set = [{ path: ["rounds", round.id, "closes"], value: localTime(end.closes, zone) }];
    if (end.publishes) set.push({ path: ["rounds", round.id, "publishes"], value: localTime(end.publishes, zone) });
    const plan = bodyOf(await call("POST", "plan", { toml: bodyOf(stored), set }));
    if (plan.errors.length) return say(words.failed(words.faulty(plan.errors[0].message)), "error");
    const reason = form.elements["extend-reason"].value.normalize("NFC").trim();
    const reply = await saveFile(contest, FILE, new TextEncoder().encode(plan.toml), stored.etag, reason ? { reason: encodeURIComponent(reason) } : {});
    if (reply.status === 409) return say(words.changed, "error");
    const report = await reportOn(contest, FILE, bodyOf(reply).version_id);
    await done(plan.toml, reply.etag);
    if (!report) return say(words.judging);
    if (report.status !== "accepted") return say(words.failed(report.errors[0]?.message ?? ""), "error");
    Object.assign(round, { closes: new Date(end.closes).toISOString(), publishes: new Date(end.publishes ?? round.publishes).toISOString() });
    draw();
    fill(part, { extendNotice: words.notice(round.name, moment(end.closes, zone)) });
    ref(part, "extend-copy").hidden = false;
    form.reset();
    showEnd();
    say(words.done(round.name, moment(end.closes, zone)), "good");
  }

  function draw() {
    fill(part, { extendNow: words.closesNow(round.name, momentAndLeft(round.closes, zone, seen.now)) });
  }

  input.addEventListener("input", showEnd);
  ref(part, "extend-copy").addEventListener("click", () => navigator.clipboard.writeText(words.notice(round.name, moment(round.closes, zone)))
    .then(() => say(shared.copied, "good"))
    .catch(() => say(shared.copyFailed, "error")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const end = showEnd();
    if (!end) {
      say(words.minutes, "error");
      return input.focus();
    }
    whileBusy(ref(part, "extend-send"), async () => {
      say(words.doing);
      await extend(end).catch((error) => say(words.failed(messageOf(error)), "error"));
    });
  });
  draw();
  part.hidden = false;
  call("GET", `contests/${contest}/rounds/${round.id}/watch`).then((watch) => {
    if (watch.status === 200 && Number.isInteger(watch.body.under_way)) fill(part, { extendUnderWay: words.underWay(watch.body.under_way) });
  }).catch(() => null); // a figure that is nice to have
}
