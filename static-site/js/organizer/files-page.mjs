// What the pages of files have in common: their cards, and a zone for many files at once, those of other pages included.

import { fill, idFromAddress, load, missing, ref, showView } from "../dom.mjs";
import { read } from "./api.mjs";
import { bankCards, pictureCard, planCard, tableCard } from "./contest-cards.mjs";
import { dropZone } from "./dropped.mjs";
import { folderZone } from "./folder.mjs";
import { consoleNav } from "./nav.mjs";
import { uploadCard } from "./upload-card.mjs";

const TABLES = ["units", "roster", "excluded"];
const PICTURES = ["logo", "banner"];

/** A page whose own cards are those that `ownCards(seen, me)` describes, by role. */
export function filesPage(root, { ownCards, onSeen = () => {}, onBank = () => {} }) {
  const contest = idFromAddress("c");
  if (!contest) return missing(root);
  let seen = null;
  let me = null;
  const cards = new Map(); // by role

  function add(role, described, place) {
    const card = uploadCard(contest, described, {
      zone: seen.time_zone,
      onTaken: () => role === "plan" && look(),
      onDrawn: (element, rounds) => onBank(element, { contest, rounds, zone: seen.time_zone }),
    });
    cards.set(role, { title: described.title, isOpen: described.may.write, take: card.take });
    // One file goes to the card under the pointer, whatever its name; several are sorted.
    card.dropOne((files) => files.then((all) => (all.length === 1 ? card.take(all[0]) : takeAll(Promise.resolve(all)))));
    place.append(card.element);
    return cards.get(role);
  }

  /** The contest as it is now; cards that are there keep what they tell. */
  async function look() {
    seen = await read(`contests/${contest}`);
    fill(root, { contestName: seen.name ?? contest });
    for (const [role, described] of ownCards(seen, me)) if (!cards.has(role)) add(role, described, ref(root, "cards"));
    onSeen(seen, me, (role) => cards.get(role));
  }

  function cardFor(role) {
    if (cards.has(role)) return cards.get(role);
    const others = ref(root, "other-cards");
    const described = role === "plan" ? planCard(seen, me) : TABLES.includes(role) ? tableCard(role, seen, me) : PICTURES.includes(role) ? pictureCard(role, seen, me) : bankCards(seen, me).find((card) => card.nameFor() === role);
    if (!described) return null;
    ref(root, "others").hidden = false;
    return add(role, described, others);
  }

  const banks = () => bankCards(seen, me).map((card) => card.nameFor());
  const takeAll = folderZone(root, { banks, cardFor });
  return load(root, async () => {
    me = await consoleNav();
    await look();
    dropZone(document.body, takeAll); // beside every zone, where a browser would open the file in place of the page
    showView(root, "files");
  });
}
