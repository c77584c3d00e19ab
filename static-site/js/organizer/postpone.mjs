// A later publication: the stored plan with that one moment changed, which is shown with its weekday before it is written.
// Once the round has closed a second person approves it.

import { fill, messageOf, pageLink, ref } from "../dom.mjs";
import { clearErrors, showErrors, whileBusy } from "../form.mjs";
import { span } from "../format.mjs";
import { resultsWords as words } from "../words/console-results.mjs";
import { call, change, saveFile } from "./api.mjs";
import { bodyOf } from "./ask.mjs";
import { onSubmit } from "./form-step.mjs";
import { reportOn } from "./report.mjs";
import { moment, momentAndLeft } from "./time.mjs";

const FILE = "contest.toml";

/** The moment at which an answer of the API says that a round's results come. */
export function publishesIn({ plan, facts }, round) {
  const at = plan.rounds.findIndex(({ id }) => id === round);
  return facts.timeline.find(({ path }) => path.join(".") === `rounds.${at}.publishes`)?.at ?? null;
}

/** `zone` and `serverNow()` are the contest's; `done(round, publishes)` once the plan is in force. */
export function postponing(root, { contest, zone, serverNow, done }) {
  const form = ref(root, "postpone-form");
  const confirm = ref(root, "postpone-confirm");
  let round = null;
  let ready = null; // what would be written: {toml, etag, at}

  const say = (text, kind = "plain") => {
    fill(root, { postponeNote: text });
    ref(root, "postpone-note").dataset.kind = kind;
  };
  const forget = () => {
    ready = null;
    confirm.hidden = true;
  };

  async function look(typed) {
    const stored = await call("GET", `contests/${contest}/files/${FILE}`);
    const answer = await change("POST", "plan", { toml: bodyOf(stored), set: [{ path: ["rounds", round.id, "publishes"], value: typed }] });
    const at = publishesIn(answer, round.id);
    if (!at) return showErrors(form, [{ field: "publishes", message: answer.errors[0]?.message ?? words.enterTime }]);
    if (Date.parse(at) <= Date.parse(round.publishes)) return showErrors(form, [{ field: "publishes", message: words.later(moment(round.publishes, zone)) }]);
    if (answer.errors.length) return showErrors(form, [{ field: "publishes", message: words.faulty(answer.errors[0].message) }]);
    ready = { toml: answer.toml, etag: stored.etag, at };
    fill(root, { newTime: words.newTime(momentAndLeft(at, zone, serverNow()), span(Date.parse(at) - Date.parse(round.publishes))) });
    confirm.hidden = false;
    ref(root, "postpone-send").focus();
  }

  async function propose(reason) {
    const { proposal } = await change("POST", `contests/${contest}/proposals`, { kind: "plan", toml: ready.toml, reason });
    say(words.postponeProposed(moment(round.publishes, zone)), "good");
    ref(root, "to-proposal").href = pageLink("organizer/decisions.html", { c: contest, p: proposal });
    ref(root, "to-proposal-part").hidden = false;
    form.hidden = true;
    forget();
  }

  async function write() {
    const reason = form.elements["postpone-reason"].value.normalize("NFC").trim();
    const reply = await saveFile(contest, FILE, new TextEncoder().encode(ready.toml), ready.etag, { reason: encodeURIComponent(reason) });
    if (reply.body?.code === "needs_proposal") return propose(reason);
    if (reply.status === 409) {
      forget();
      return say(words.planChanged, "error");
    }
    const report = await reportOn(contest, FILE, bodyOf(reply).version_id);
    const { at } = ready;
    forget();
    if (!report) return say(words.postponeJudging);
    if (report.status !== "accepted") return say(words.postponeRejected(report.errors[0]?.message ?? ""), "error");
    form.hidden = true;
    say(words.postponed(round.name, moment(at, zone)), "good");
    done(round, at);
  }

  form.addEventListener("input", () => {
    forget();
    clearErrors(form);
  });
  onSubmit(form, {
    missing: { publishes: words.enterTime, "postpone-reason": words.enterReason },
    send: (fields) => look(fields.publishes.value.trim()),
  });
  const button = ref(root, "postpone-send");
  button.addEventListener("click", () => whileBusy(button, () => write().catch((error) => say(messageOf(error), "error"))));

  return {
    open(wanted) {
      round = wanted;
      form.reset();
      clearErrors(form);
      forget();
      form.hidden = false;
      ref(root, "to-proposal-part").hidden = true;
      say("");
      fill(root, { postponeTitle: words.forRound(words.postpone, round.name), publishesNow: words.publishesNow(momentAndLeft(round.publishes, zone, serverNow())) });
    },
  };
}
