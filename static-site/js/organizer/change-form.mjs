// A proposal while it is written: several changes, since they work upon each other, one reason, one decision. It is kept in
// this tab until it is sent.

import { announce, copyOf, fill, messageOf, newElement, ref } from "../dom.mjs";
import { clearErrors, errorsOf, showErrors, whileBusy } from "../form.mjs";
import { decisionWords as words } from "../words/console-decisions.mjs";
import { change } from "./api.mjs";
import { faultsOf, FIELDS, OVER_CONTEST, PARTS, sentProposal } from "./changes.mjs";

const EMPTY = { changes: [], reason: "", number: "", date: "" };
const keyOf = (contest) => `hoithi.organizer.proposal.${contest}`;
const keptProposal = (contest) => ({ ...EMPTY, ...JSON.parse(sessionStorage.getItem(keyOf(contest)) ?? "{}") });

/** `rounds`: [[id, name], …]; `done(id)` once the proposal is there. */
export function changeForm(root, { contest, rounds, done }) {
  const form = ref(root, "change-form");
  const state = keptProposal(contest);
  const keep = () => sessionStorage.setItem(keyOf(contest), JSON.stringify(state));

  function chooser(select, options, chosen) {
    select.replaceChildren(...options.map(([value, textContent]) => newElement("option", { value, textContent })));
    select.value = chosen ?? "";
  }

  function entryOf(written, at) {
    const entry = copyOf(document.getElementById("t-change"), { title: words.change(at + 1) });
    const name = (part) => `changes.${at}.${part}`;
    entry.id = `thay-doi-${at + 1}`;
    for (const field of entry.querySelectorAll("[data-part]")) {
      const { part: of } = field.dataset;
      const input = field.querySelector(".ht-input");
      const error = field.querySelector(".ht-error");
      const hint = field.querySelector(".ht-hint");
      field.dataset.field = name(of);
      Object.assign(input, { id: name(of), name: name(of) });
      error.id = `${name(of)}-error`;
      if (hint) hint.id = `${name(of)}-hint`;
      field.querySelector("label").htmlFor = input.id;
      input.setAttribute("aria-describedby", [hint?.id, error.id].filter(Boolean).join(" "));
      input.addEventListener("input", () => {
        written[of] = input.value;
        keep();
        if (of === "action") drawParts();
      });
    }
    const [action, round] = [entry.querySelector("[data-part='action'] select"), entry.querySelector("[data-part='round'] select")];
    chooser(action, [["", words.chooseAction], ...Object.entries(words.action)], written.action);
    function drawParts() {
      const used = (PARTS[written.action] ?? [[], []]).flat();
      for (const of of FIELDS) {
        const field = entry.querySelector(`[data-part="${of}"]`);
        field.hidden = !used.includes(of);
        field.querySelector("input").value = written[of] ?? "";
      }
      const over = OVER_CONTEST.includes(written.action) ? [["overall", words.overall]] : [];
      chooser(round, [["", words.chooseRound], ...rounds, ...over], written.round);
      written.round = round.value;
    }
    drawParts();
    const drop = ref(entry, "drop");
    drop.textContent = words.dropChange(at + 1);
    drop.addEventListener("click", () => {
      state.changes.splice(at, 1);
      keep();
      draw();
      announce(words.dropped(at + 1));
      (document.getElementById(`thay-doi-${Math.min(at + 1, state.changes.length)}`)?.querySelector("select") ?? ref(form, "add")).focus();
    });
    return entry;
  }

  function draw() {
    clearErrors(form);
    ref(form, "changes").replaceChildren(...state.changes.map(entryOf));
  }
  const show = (at) => {
    const entry = document.getElementById(`thay-doi-${at + 1}`);
    entry?.scrollIntoView({ block: "center" });
    entry?.querySelector("select").focus();
  };

  const texts = { reason: "reason", number: "decision.number", date: "decision.date" };
  for (const [of, id] of Object.entries(texts)) {
    const input = document.getElementById(id);
    input.value = state[of];
    input.addEventListener("input", () => {
      state[of] = input.value;
      keep();
    });
  }
  ref(form, "add").addEventListener("click", () => {
    state.changes.push({ action: "", round: rounds.length === 1 ? rounds[0][0] : "" });
    keep();
    draw();
    show(state.changes.length - 1);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const faults = faultsOf(state);
    if (faults.length) return showErrors(form, faults);
    clearErrors(form);
    whileBusy(ref(form, "submit"), async () => {
      try {
        const { proposal } = await change("POST", `contests/${contest}/proposals`, sentProposal(state));
        sessionStorage.removeItem(keyOf(contest));
        await done(proposal);
      } catch (error) {
        showErrors(form, errorsOf(error, messageOf(error)));
      }
    });
  });
  draw();
  fill(form, { kept: words.saved });

  return {
    show,
    count: () => state.changes.length,
    /** Adds changes; returns the place of the first. */
    take(changes) {
      const first = state.changes.length;
      state.changes.push(...changes);
      keep();
      draw();
      return first;
    },
    /** A form that is opened has a change to fill in. */
    begin() {
      if (state.changes.length === 0) ref(form, "add").click();
      else show(0);
    },
  };
}
