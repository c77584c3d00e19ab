// One proposal: what it asks for, what it would change, where it stands, and what whoever looks may do with it.

import { fill, focusOn, messageOf, newElement, pageLink, ref } from "../dom.mjs";
import { clearErrors, showErrors, whileBusy } from "../form.mjs";
import { decisionWords as words } from "../words/console-decisions.mjs";
import { change, read } from "./api.mjs";
import { onSubmit } from "./form-step.mjs";
import { showPreview } from "./preview-view.mjs";
import { resetSlip } from "./reset-slip.mjs";
import { asked, nameOf, standing, stateOf, titleOf } from "./standing.mjs";
import { moment, momentAndLeft } from "./time.mjs";

const PAUSE_MS = 2_000;
const PATIENCE_MS = 180_000;
const MOVED = ["stale_preview", "already_decided", "preview_refused"];

/** Of the preview the round whose name an approval repeats. */
function nameToType({ kind, preview }, nameOfRound) {
  const first = kind === "decisions" && preview?.rounds?.[0];
  return first ? nameOfRound(first.round) : "";
}

/** `nameOfRound(id)`, `toNameOf(id)` gives the contest's own name for the whole; `done` is called where the list is wanted. */
export function proposalView(root, { contest, base, zone, serverNow, nameOfRound, toType }) {
  const view = ref(root, "proposal");
  const approval = ref(view, "approve-form");
  const rejection = ref(view, "reject-form");
  let shown = null;
  let began = 0; // when waiting began
  let isWhole = false;

  const say = (text, kind = "plain") => {
    fill(view, { done: text });
    ref(view, "done").dataset.kind = kind;
  };
  const may = (step) => shown.can.includes(step);

  function showWaiting() {
    const isSlow = performance.now() - began > PATIENCE_MS;
    ref(view, "waiting").hidden = !isWaiting();
    fill(view, { slow: isWaiting() && isSlow ? words.state.slow : "" });
    ref(view, "bar").hidden = isSlow;
    return isSlow;
  }
  const isWaiting = () => shown.waits_for === "computing" || (shown.waits_for === "effect" && shown.kind !== "bank");

  async function draw() {
    const { status, problem, applied, what, preview } = shown;
    fill(view, {
      title: titleOf(shown),
      state: stateOf(shown),
      by: words.by(nameOf(shown.proposed_by), moment(shown.proposed_at, zone)),
      until: shown.waits_for && shown.waits_for !== "effect" ? words.until(momentAndLeft(shown.expires_at, zone, serverNow())) : "",
      standing: standing(shown, zone),
      problem: problem ? (status === "rejected" ? words.state.rejectedWhy : words.state.problem)(problem) : "",
      reason: shown.reason,
      decision: what.kind === "decisions" ? (what.decision ? words.decision(what.decision.number, what.decision.date.split("-").reverse().join("/")) : words.noDecision) : "",
    });
    ref(view, "decision-title").hidden = what.kind !== "decisions";
    ref(view, "state").dataset.state = shown.waits_for ?? status;
    ref(view, "standing").dataset.kind = { applied: "good", stale: "error", rejected: "error" }[status] ?? "plain";
    ref(view, "asked").replaceChildren(...asked(shown, nameOfRound).map((textContent) => newElement("li", { textContent })));
    ref(view, "applied-part").hidden = !applied;
    if (applied) {
      ref(view, "versions").replaceChildren(...applied.versions.map(({ round, version }) => newElement("li", { textContent: words.version(nameOfRound(round), version) })));
      ref(view, "differs").replaceChildren(...applied.differs.map((textContent) => newElement("li", { textContent })));
      fill(view, { same: shown.kind === "decisions" && applied.versions.length && !applied.differs.length ? words.sameAsShown : "" });
      ref(view, "to-results").hidden = !contest || shown.kind !== "decisions";
      ref(view, "to-results").href = pageLink("organizer/results.html", { c: contest });
    }
    ref(view, "preview-part").hidden = !preview;
    isWhole = preview ? await showPreview(ref(view, "preview-part"), preview, nameOfRound) : false;
    drawSteps();
    showWaiting();
  }

  function drawSteps() {
    const name = nameToType(shown, toType);
    approval.hidden = !may("approve") || !isWhole;
    ref(approval, "typed-part").hidden = !name;
    fill(approval, { typeName: name ? words.typeName(name) : "" });
    ref(approval, "submit").textContent = shown.kind === "decisions" ? words.approve.decisions : words.approve.other;
    ref(view, "reject-part").hidden = !may("reject");
    ref(view, "steps").hidden = !may("approve") && !may("reject");
    const tries = ref(view, "try");
    tries.hidden = !may("preview") || shown.waits_for === "computing";
    tries.textContent = shown.status === "draft" ? words.tryIt : words.again;
    tries.classList.toggle("ht-button--second", shown.status === "previewed");
    ref(view, "withdraw").hidden = !may("withdraw");
  }

  /** Looks until there is nothing to wait for; what is typed meanwhile stays, as nothing is drawn that has not changed. */
  async function follow() {
    began = performance.now();
    while (isWaiting() && !showWaiting()) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      const before = JSON.stringify([shown.status, shown.waits_for]);
      shown = await read(`${base}/${shown.id}`).catch((error) => (error.isTemporary ? shown : Promise.reject(error)));
      if (JSON.stringify([shown.status, shown.waits_for]) !== before) await draw();
    }
    showWaiting();
  }
  const followed = () => follow().catch((error) => say(messageOf(error), "error"));

  async function look(id) {
    shown = await read(`${base}/${id}`);
    await draw();
  }

  async function step(method, path, body, sentence) {
    const answer = await change(method, `${base}/${shown.id}${path}`, body);
    await look(shown.id).catch(() => null); // it is done, whether that can be shown now or not
    say(typeof sentence === "function" ? sentence(answer) : sentence, "good");
    focusOn(ref(view, "done"));
    followed();
    return answer;
  }

  const afterApproval = ({ status }) => {
    if (status === "applied") return words.next.applied;
    return { decisions: words.next.approved, bank: words.next.approvedBank }[shown.kind] ?? words.next.approvedPlain;
  };

  /** What was read is no longer what stands there: it is shown anew, and nothing was done. */
  async function whereMoved(error, form) {
    if (!MOVED.includes(error.code)) throw error;
    clearErrors(form);
    await look(shown.id);
    say(`${messageOf(error)} ${words.next.moved}`, "error");
    focusOn(ref(view, "done"));
    followed();
  }

  approval.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(approval);
    const name = nameToType(shown, toType);
    const typed = approval.elements.round_name.value.normalize("NFC").trim();
    if (name && !typed) return showErrors(approval, [{ field: "round_name", message: words.enterTyped(name) }]);
    const body = { preview_sha256: shown.preview.sha256, ...(name ? { round_name: typed } : {}) };
    whileBusy(ref(approval, "submit"), async () => {
      try {
        const { slip } = await step("POST", "/approve", body, afterApproval);
        approval.reset();
        if (slip) resetSlip(root, { slip, code: shown.what.contestant, zone, now: serverNow(), back: "proposal", done: () => say(words.slip.given, "good") });
      } catch (error) {
        await whereMoved(error, approval).catch((other) => showErrors(approval, other.fields?.length
          ? other.fields.map(({ field }) => ({ field, message: words.enterTyped(name) }))
          : [{ field: "", message: messageOf(other) }]));
      }
    });
  });
  onSubmit(rejection, {
    missing: { "reject-reason": words.enterWhy },
    async send({ "reject-reason": why }) {
      await step("POST", "/reject", { reason: why.value.normalize("NFC").trim() }, shown.kind === "extension" ? words.next.rejectedExtension : words.next.rejected).catch((error) => whereMoved(error, rejection));
      rejection.reset();
    },
  });
  const press = (name, act) => ref(view, name).addEventListener("click", () => whileBusy(ref(view, name), () => act().catch((error) => {
    say(messageOf(error), "error");
    focusOn(ref(view, "done"));
  })).then(drawSteps));
  press("try", () => step("POST", "/preview", {}, words.next.preview));
  press("withdraw", () => step("DELETE", "", undefined, words.next.withdrawn));

  return {
    async open(id) {
      await look(id);
      followed();
    },
  };
}
