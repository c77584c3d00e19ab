// A file that takes two people: it is proposed by its hash, or a plan by its text, and another person approves it.

import { messageOf, pageLink, ref } from "../dom.mjs";
import { hexOf } from "../note.mjs";
import { fileWords as words } from "../words/console-files.mjs";
import { change } from "./api.mjs";
import { onSubmit } from "./form-step.mjs";

const PLAN = "contest.toml";

async function proposalOf(name, bytes) {
  if (name === PLAN) return { kind: "plan", toml: new TextDecoder().decode(bytes) };
  return { kind: "bank", file: name, sha256: hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))) };
}

/** The form of a card; `id` is part of its ids, `done()` is called once a proposal is there. */
export function fileProposal(card, { contest, id, done }) {
  const form = ref(card, "propose");
  const { reason } = form.elements;
  let offered = null;
  reason.id = `reason-${id}`;
  form.querySelector("label").htmlFor = reason.id;
  const error = form.querySelector(".ht-error");
  error.id = `reason-${id}-error`;
  reason.setAttribute("aria-describedby", error.id);
  const close = () => {
    form.hidden = true;
    ref(card, "proposal-part").hidden = true;
  };
  onSubmit(form, {
    missing: { reason: words.enterReason },
    told: (error) => ({ field: "reason", message: error.fields?.[0]?.message ?? messageOf(error) }),
    async send() {
      const { name, bytes } = offered;
      const { proposal } = await change("POST", `contests/${contest}/proposals`, { ...(await proposalOf(name, bytes)), reason: reason.value.normalize("NFC").trim() });
      form.reset();
      close();
      ref(card, "proposal").href = pageLink("organizer/decisions.html", { c: contest, p: proposal });
      ref(card, "proposal-part").hidden = false;
      done();
    },
  });
  return {
    close,
    offer(name, bytes) {
      offered = { name, bytes };
      form.hidden = false;
      reason.focus();
    },
  };
}
