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

/** What is asked for, in sentences. */
export function asked(what, nameOfRound) {
  if (what.kind === "decisions") return what.changes.map((written) => words.told[written.action](written, nameOfRound(written.round)));
  return {
    reset: () => [words.plain.reset(what.contestant), words.plain.checked[what.checked] ?? what.checked],
    unit: () => [words.plain.unit(what.contestant)],
    bank: () => [words.plain.bank(what.file)],
    plan: () => [words.plain.plan],
    roles: () => [words.plain.roles],
  }[what.kind]();
}

/** Where it stands and what comes next, in one sentence. */
export function standing(proposal, zone) {
  const { status, kind, waits_for: waits, own, decided_by: by, decided_at: at, applied, preview } = proposal;
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
