// Units, the roster, whoever may not take part, and pictures of the page: one card for each; and looking a contestant up.

import { start } from "../page.mjs";
import { pictureCard, tableCard } from "./contest-cards.mjs";
import { filesPage } from "./files-page.mjs";
import { lookUp } from "./look-up.mjs";
import { may } from "./roles.mjs";
import { unitsGrid } from "./units-grid.mjs";

function people(root) {
  let isOffered = false;
  return filesPage(root, {
    ownCards: (seen, me) => [
      ...["units", "roster", "excluded"].map((of) => [of, tableCard(of, seen, me)]),
      ...["logo", "banner"].map((of) => [of, pictureCard(of, seen, me)]),
    ],
    onSeen(seen, me, cardOf) {
      if (isOffered) return;
      isOffered = true;
      if (may(me, "lookUp", seen.id)) lookUp(root, { contest: seen.id, seen, me });
      unitsGrid(root, { seen, canWrite: may(me, "writeFiles", seen.id), take: (file) => cardOf("units").take(file) });
    },
  });
}

start({ people });
