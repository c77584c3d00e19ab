// The page of the plan: begin, write, see what follows, save. The draft is kept in this tab until it is saved.

import { announce, copyOf, fill, focusOn, ID, idFromAddress, load, messageOf, newElement, pageLink, ref, showView } from "../dom.mjs";
import { showErrors, clearErrors, whileBusy } from "../form.mjs";
import { start } from "../page.mjs";
import { syncClock } from "../server.mjs";
import { planWords as words } from "../words/console-plan.mjs";
import { call, change, read, saveFile } from "./api.mjs";
import { bodyOf } from "./ask.mjs";
import { onSubmit } from "./form-step.mjs";
import { consoleNav, contestLinks } from "./nav.mjs";
import { dropDraft, keptDraft, planDraft } from "./plan-draft.mjs";
import { idOf } from "./plan-fields.mjs";
import { planForm } from "./plan-form.mjs";
import { differences, editsFor, showDifferences } from "./plan-merge.mjs";
import { extension } from "./plan-extend.mjs";
import { showRules, showSide } from "./plan-side.mjs";
import { reportOn } from "./report.mjs";
import { may } from "./roles.mjs";

const EMPTY = 'schema = "hoithi/contest/1"\n';
const FILE = "contest.toml";

/** What failed of a reply, as `load` and `part` show it. */
function failed(reply) {
  return Object.assign(new Error(reply.body?.detail || words.unsent), { isTemporary: true });
}

const fileOf = (contest) => call("GET", `contests/${contest}/files/${FILE}`);

function page(root, form, me) {
  let contest = idFromAddress("c"); // a new one gets its id when it is saved
  let step = 0;
  let focus = null;
  let rows = null; // of the merge, while one is open
  let theirs = null;
  const editor = ref(root, "editor");
  const note = (text, kind = "plain") => {
    fill(root, { note: text });
    ref(root, "note").dataset.kind = kind;
  };

  const plan = planForm(root, form, {
    onEdit(path, value) {
      draft.edit({ path, value });
      fill(root, { verdict: words.checking });
    },
    async onChange(edit, { said, focus: wanted }) {
      focus = wanted;
      editor.disabled = true;
      await draft.change([edit]);
      editor.disabled = false;
      if (focus) document.getElementById(focus)?.focus();
      focus = null;
      announce(said);
    },
  });

  const draft = planDraft(() => contest, {
    onAnswer(answer, isWhole) {
      if (isWhole) drawStep(answer);
      plan.mark(answer);
      showSide(root, answer, goTo);
      showRules(root, answer);
      drawSteps(answer);
      const text = ref(root, "text");
      if (document.activeElement !== text) text.value = answer.toml;
      const changes = answer.since?.changes;
      fill(root, { saved: draft.isChanged() ? words.unsaved(changes?.length ?? 0) : words.saved });
      if (ref(root, "note").dataset.kind === "error") note("");
    },
    onFailure(reply) {
      if (reply?.status === 422) note(words.refused(reply.body.detail ?? ""), "error");
      else note(reply?.status === 413 ? words.tooLarge : words.unsent, "error");
      if (draft.state.answer) showSide(root, draft.state.answer, goTo);
    },
  });

  function drawStep(answer = draft.state.answer) {
    const isText = step === form.steps.length;
    ref(root, "form-part").hidden = isText;
    ref(root, "text-part").hidden = !isText;
    if (isText) return;
    const isToml = answer.plan !== null;
    ref(root, "no-form").hidden = isToml;
    ref(root, "step-fields").hidden = !isToml;
    if (isToml) plan.draw(form.steps[step], answer);
    else fill(root, { stepTitle: form.steps[step].title });
    ref(root, "previous").hidden = step === 0;
    ref(root, "next").hidden = step === form.steps.length - 1;
  }

  function drawSteps(answer) {
    const faults = form.steps.map(() => 0);
    for (const { path } of answer.errors) if (path) faults[plan.stepOf(path)] += 1;
    [...ref(root, "steps").children].forEach((item, place) => {
      const button = item.querySelector("button");
      if (place === step) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
      fill(item, { faults: faults[place] ? words.faults(faults[place]) : "" });
    });
  }

  function open(place, { toTitle = true } = {}) {
    step = place;
    drawStep();
    plan.mark(draft.state.answer);
    drawSteps(draft.state.answer);
    if (toTitle) ref(root, step === form.steps.length ? "text-title" : "step-title").focus();
  }

  function goTo(path) {
    open(plan.stepOf(path), { toTitle: false });
    const target = document.getElementById(idOf(path)) ?? document.getElementById(`${idOf(path)}-add`) ?? ref(root, "step-title");
    target.focus();
    target.scrollIntoView({ block: "center" });
  }

  function wire() {
    const titles = [...form.steps.map(({ title }, place) => words.step(place + 1, title)), ref(root, "text-title").textContent];
    ref(root, "steps").replaceChildren(...titles.map((title, place) => {
      const item = copyOf(document.getElementById("t-step"), { title });
      item.querySelector("button").addEventListener("click", () => open(place));
      return item;
    }));
    ref(root, "previous").addEventListener("click", () => open(step - 1));
    ref(root, "next").addEventListener("click", () => open(step + 1));
    ref(root, "text").addEventListener("input", () => {
      draft.write(ref(root, "text").value);
      fill(root, { verdict: words.checking });
    });
    onSubmit(ref(root, "propose-form"), { missing: { "propose-reason": words.enterReason }, send: propose });
    ref(root, "save").addEventListener("click", () => whileBusy(ref(root, "save"), save));
    ref(root, "take-mine").addEventListener("click", () => whileBusy(ref(root, "take-mine"), () => settle(draft.state.toml, [])));
    ref(root, "take-theirs").addEventListener("click", () => whileBusy(ref(root, "take-theirs"), () => settle(theirs.body, [])));
    ref(root, "take-chosen").addEventListener("click", () => whileBusy(ref(root, "take-chosen"), takeChosen));
    ref(root, "merge-back").addEventListener("click", () => showView(root, "edit"));
    addEventListener("beforeunload", (event) => {
      if (draft.hasEdits()) event.preventDefault();
    });
  }

  async function edit(begin) {
    showView(root, "edit");
    await begin();
    if (!draft.state.answer) throw failed({ body: {} });
    open(0);
  }

  async function save() {
    if (draft.hasEdits()) await draft.send();
    if (draft.hasEdits()) return;
    const id = draft.state.answer.plan?.id;
    if (!contest && !id) return note(words.noId, "error");
    if (contest && id !== contest) return note(words.otherId(contest), "error");
    note(words.saving);
    const written = draft.state.toml;
    let reply;
    try {
      reply = await saveFile(contest ?? id, FILE, new TextEncoder().encode(written), draft.state.etag);
    } catch (error) {
      return note(words.saveFailed(messageOf(error)), "error");
    }
    if (reply.status === 409 || reply.status === 412) return openMerge(contest ?? id);
    if (reply.body?.code === "needs_proposal") return offerProposal(reply.body.detail);
    if (reply.status >= 300) return note(words.saveFailed(reply.body?.detail ?? ""), "error");
    note(words.savedNow);
    if (!contest) adopt(id);
    await afterSave(contest, written, reply);
  }

  /** The contest is there now: a reload, and every link, leads to it. */
  function adopt(id) {
    dropDraft(null);
    contest = id;
    history.replaceState(null, "", pageLink("organizer/plan.html", { c: id }));
    contestLinks(me);
  }

  async function afterSave(id, written, reply) {
    const etag = reply.etag ?? (await fileOf(id)).etag;
    draft.from(written, etag);
    await draft.send();
    const report = await reportOn(id, FILE, reply.body?.version_id).catch(() => null);
    if (!report) return note(words.stillJudging);
    const isAccepted = report.status === "accepted";
    if (isAccepted) dropDraft(contest);
    ref(root, "to-contest").hidden = !isAccepted;
    ref(root, "to-contest").href = pageLink("organizer/index.html", { c: contest });
    note(isAccepted ? words.accepted : words.rejected(report.errors.length), isAccepted ? "good" : "error");
  }

  async function openMerge(id) {
    theirs = await fileOf(id);
    const since = (toml) => call("POST", "plan", { toml, since: draft.state.base ?? EMPTY });
    const [mine, other] = await Promise.all([since(draft.state.toml), theirs.status === 200 ? since(theirs.body) : null]);
    if (!other || mine.status !== 200 || other.status !== 200) return note(words.saveFailed(""), "error");
    rows = differences(mine.body.since.changes ?? [], other.body.since.changes ?? []);
    showDifferences(root, rows);
    fill(root, { mergeNote: "" });
    showView(root, "merge");
    ref(root, "merge-title").focus();
  }

  async function takeChosen() {
    if (rows.some((row) => row.chosen === null && !row.isOrder)) return fill(root, { mergeNote: words.mustChoose });
    await settle(theirs.body, editsFor(rows));
  }

  /** One text out of two; it is checked once more and saved by its own button. */
  async function settle(toml, edits) {
    const reply = await call("POST", "plan", { toml, set: edits });
    if (reply.status !== 200) return fill(root, { mergeNote: words.refused(reply.body?.detail ?? "") });
    draft.from(theirs.body, theirs.etag);
    note("");
    await edit(() => draft.write(reply.body.toml, { soon: true }));
  }

  /** The id that was given to the new contest; null, and said at its field, where it is none or somebody has it. */
  function newId(contests) {
    const form = ref(root, "begin-form");
    const id = form.elements["contest-id"].value.trim();
    const wrong = !id ? words.enterId : !ID.test(id) ? words.badId : !contest && contests.some((other) => other.id === id) ? words.usedId(id) : "";
    clearErrors(form);
    if (!wrong) return id;
    showErrors(form, [{ field: "contest-id", message: wrong }]);
    return null;
  }

  function begin(contests) {
    showView(root, "begin");
    const id = ref(root, "begin-form").elements["contest-id"];
    if (contest) Object.assign(id, { value: contest, readOnly: true });
    ref(root, "begin-form").addEventListener("submit", (event) => event.preventDefault());
    /** `of` gives a text, or nothing where there is none. */
    const beginFrom = (button, of) => button.addEventListener("click", () => whileBusy(button, async () => {
      const named = newId(contests);
      if (!named) return;
      fill(root, { beginNote: "" });
      try {
        const { toml } = bodyOf(await call("POST", "plan", { toml: await of(), set: [{ path: ["id"], value: named }] }));
        await edit(() => draft.write(toml, { soon: true }));
      } catch (error) {
        fill(root, { beginNote: messageOf(error) });
      }
    }));
    ref(root, "presets").replaceChildren(...form.presets.map(({ name, description, toml }) => {
      const card = copyOf(document.getElementById("t-preset"), { name, played: description[0], decides: description[1] });
      const button = card.querySelector("button");
      button.setAttribute("aria-label", words.presetUse(name));
      beginFrom(button, () => toml);
      return card;
    }));
    beginFrom(ref(root, "empty"), () => EMPTY);
    const select = ref(root, "earlier");
    const others = contests.filter((other) => other.id !== contest);
    select.append(...others.map((other) => newElement("option", { value: other.id, textContent: other.name ?? other.id })));
    ref(root, "earlier-part").hidden = others.length === 0;
    beginFrom(ref(root, "copy"), async () => {
      const file = bodyOf(await fileOf(select.value));
      return bodyOf(await call("POST", "plan", { toml: file, blank: true })).toml;
    });
  }

  /** Whoever reads only, saves nothing. */
  function forReaders() {
    if (may(me, "writeFiles", contest)) return;
    ref(root, "save").hidden = true;
    editor.disabled = true;
  }

  /** After the first opening a plan is changed by two people. */
  function offerProposal(sentence) {
    note(sentence, "error");
    ref(root, "propose").hidden = false;
    focusOn(ref(root, "propose-title"));
  }

  async function propose({ "propose-reason": reason }) {
    await change("POST", `contests/${contest}/proposals`, { kind: "plan", toml: draft.state.toml, reason: reason.value.normalize("NFC").trim() });
    ref(root, "propose").hidden = true;
    note(words.proposed, "good");
  }

  async function extendable() {
    const seen = await read(`contests/${contest}`);
    extension(root, { contest, seen, me, async done(text, etag) {
      if (draft.isChanged()) return; // the next save tells of it
      draft.from(text, etag);
      await draft.write(text, { soon: true });
    } });
  }

  return async () => {
    wire();
    forReaders();
    if (contest) await extendable().catch((error) => note(messageOf(error), "error"));
    const kept = keptDraft(contest);
    const file = contest ? await fileOf(contest) : null;
    if (kept && kept.toml !== kept.base) {
      await edit(() => draft.resume(kept));
      return note(words.kept);
    }
    if (file?.status === 200) {
      draft.from(file.body, file.etag);
      return edit(() => draft.write(file.body, { soon: true }));
    }
    if (file && file.status !== 404) throw failed(file);
    const contests = await call("GET", "contests");
    begin(contests.status === 200 ? contests.body.contests ?? [] : []);
  };
}

async function planPage(root) {
  await load(root, async () => {
    const me = await consoleNav();
    const [form] = await Promise.all([call("GET", "plan-form"), syncClock().catch(() => {})]);
    if (form.status !== 200) throw failed(form);
    await page(root, form.body, me)();
  });
}

start({ plan: planPage });
