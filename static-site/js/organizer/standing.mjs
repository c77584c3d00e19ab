// What a proposal asks for and where it stands, in words for whoever looks. Pure.

import { decisionWords as words } from "../words/console-decisions.mjs";
import { moment } from "./time.mjs";

export const titleOf = ({ kind }) => words.kind[kind] ?? kind;

/** The word for how it stands, for whoever looks. */
export function stateOf({ status, waits_for: waits }) {
  if (waits === "computing") return words.computing;
  return waits === "you" ? words.waitsForYou : words.status[status];
}
export const nameOf = (colleague) => colleague?.name ?? words.someone;

/** Somebody by the code or the public name that was written, with the name where the preview tells it. */
function personOf(written, preview, unnamed = (code) => code) {
  const people = preview?.people ?? {};
  const { name, code } = people[written] ?? Object.values(people).find((person) => person.code === written) ?? {};
  return name ? words.plain.named(name, code) : unnamed(written);
}

/** What is asked for, in sentences. */
export function asked({ what, preview }, nameOfRound) {
  if (what.kind === "decisions") {
    return what.changes.map((written) => words.told[written.action]({ ...written, contestant: personOf(written.contestant, preview) }, nameOfRound(written.round)));
  }
  const who = personOf(what.contestant, preview, words.plain.bearer);
  return {
    reset: () => [words.plain.reset(who), words.plain.checked[what.checked] ?? what.checked],
    unit: () => [words.plain.unit(who)],
    bank: () => [words.plain.bank(what.file)],
    plan: () => [words.plain.plan],
    extension: () => [words.plain.extension],
    roles: () => [words.plain.roles(preview?.colleague?.name)],
  }[what.kind]();
}

/** An extension is in force, whatever becomes of the look that somebody else takes at it. */
function ofExtension({ status, waits_for: waits, decided_by: by, decided_at: at }, zone) {
  const { you, waits: waiting, rejected, withdrawn, expired } = words.state.extension;
  if (status === "rejected") return rejected(nameOf(by), moment(at, zone));
  return { withdrawn, expired }[status] ?? (waits === "you" ? you : waiting);
}

/** Where it stands and what comes next, in one sentence. */
export function standing(proposal, zone) {
  const { status, kind, waits_for: waits, own, decided_by: by, decided_at: at, applied, preview } = proposal;
  if (kind === "extension" && status !== "applied" && status !== "approved") return ofExtension(proposal, zone);
  const isRefused = preview?.refused?.length > 0;
  return {
    draft: () => (waits === "computing" ? words.state.computing : words.state.draft),
    previewed: () => {
      if (isRefused) return words.state.refused;
      if (waits === "you") return words.state.you;
      return own ? words.state.own : words.state.others;
    },
    approved: () => ({ decisions: words.state.approved, bank: words.state.approvedBank }[kind] ?? words.state.approvedPlain)(nameOf(by)),
    applied: () => (applied ? words.state.applied(moment(applied.at, zone)) : words.status.applied),
    stale: () => words.state.stale,
    expired: () => words.state.expired,
    rejected: () => words.state.rejected(nameOf(by), moment(at, zone)),
    withdrawn: () => words.state.withdrawn,
  }[status]();
}
