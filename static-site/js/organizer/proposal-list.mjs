// Every proposal of a contest in one line each, those that wait first in a note of their own.

import { copyOf, fill, newElement, pageLink, ref } from "../dom.mjs";
import { decisionWords as words } from "../words/console-decisions.mjs";
import { nameOf, stateOf, titleOf } from "./standing.mjs";
import { moment, momentAndLeft } from "./time.mjs";

const linkTo = (contest, { id }) => pageLink("organizer/decisions.html", { c: contest, p: id });

function card(proposal, { contest, zone, now }) {
  const item = copyOf(document.getElementById("t-proposal"), {
    title: titleOf(proposal),
    state: stateOf(proposal),
    reason: proposal.reason,
    by: words.by(nameOf(proposal.proposed_by), moment(proposal.proposed_at, zone)),
    until: proposal.waits_for && proposal.waits_for !== "effect" ? words.until(momentAndLeft(proposal.expires_at, zone, now)) : "",
  });
  ref(item, "link").href = linkTo(contest, proposal);
  ref(item, "state").dataset.state = proposal.waits_for ?? proposal.status;
  return item;
}

export function showProposals(root, { proposals, now }, { contest, zone }) {
  const forYou = proposals.filter(({ waits_for: waits }) => waits === "you");
  fill(root, { forYou: forYou.length ? words.waiting(forYou.length) : "", noProposal: proposals.length ? "" : words.none });
  ref(root, "for-you").hidden = forYou.length === 0;
  ref(root, "for-you-list").replaceChildren(...forYou.map((proposal) => {
    const item = newElement("li");
    item.append(newElement("a", { href: linkTo(contest, proposal), textContent: `${titleOf(proposal)}: ${proposal.reason}` }));
    return item;
  }));
  ref(root, "proposals").replaceChildren(...proposals.map((proposal) => card(proposal, { contest, zone, now })));
}
