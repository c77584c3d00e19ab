// Banks of questions: one card for each. They go in and never come out.

import { ref } from "../dom.mjs";
import { start } from "../page.mjs";
import { bankCards } from "./contest-cards.mjs";
import { filesPage } from "./files-page.mjs";
import { sealButtons } from "./seal-record.mjs";

function banks(root) {
  return filesPage(root, {
    ownCards: (seen, me) => bankCards(seen, me).map((card) => [card.nameFor(), card]),
    onBank: (card, of) => sealButtons(root, card, of),
    onSeen: ({ rounds }) => (ref(root, "no-plan").hidden = rounds.length > 0),
  });
}

start({ banks });
