// The record of a sealed bank, which two people sign: shown as it will be printed.

import { announce, fill, focusOn, messageOf, newElement, ref, showView } from "../dom.mjs";
import { integer } from "../format.mjs";
import { sealWords as words } from "../words/console-files.mjs";
import { read } from "./api.mjs";
import { moment } from "./time.mjs";

/** Buttons for the rounds of a card that are sealed; `zone` is the contest's. */
export function sealButtons(root, card, { contest, rounds, zone }) {
  const sealed = rounds.filter((round) => round.key_commitment);
  const place = ref(card, "seals");
  place.hidden = sealed.length === 0;
  place.replaceChildren(...sealed.map((round) => {
    const button = newElement("button", { className: "ht-link", type: "button", textContent: words.open(round.name) });
    button.addEventListener("click", () => show(root, { contest, round, zone, button }));
    return button;
  }));
}

async function show(root, { contest, round, zone, button }) {
  let seal;
  try {
    seal = await read(`contests/${contest}/rounds/${round.id}/seal`);
  } catch (error) {
    announce(messageOf(error));
    return button.after(newElement("span", { className: "ht-error", textContent: ` ${messageOf(error)}` }));
  }
  fill(root, {
    sealContest: seal.contest_name,
    sealOrganizer: seal.organizer,
    sealRound: words.round(seal.round_name, moment(seal.opens, zone)),
    sealBank: seal.bank,
    sealQuestions: words.questions(integer(seal.questions)),
    sealAt: seal.sealed_at ? moment(seal.sealed_at, zone) : words.earlier,
    sealFile: seal.sha256 ?? words.noHash,
    sealCommitment: seal.key_commitment,
  });
  const hasTopics = seal.topics.some(({ topic }) => topic !== null);
  ref(root, "seal-topics").replaceChildren(...(hasTopics ? seal.topics : []).map(({ topic, questions }) =>
    newElement("li", { textContent: words.topic(topic ?? words.noTopic, integer(questions)) })));
  ref(root, "seal-levels").replaceChildren(...seal.levels.map(({ level, questions }) =>
    newElement("li", { textContent: words.level(level ?? words.noLevel, integer(questions)) })));
  ref(root, "seal-print").onclick = () => print();
  ref(root, "seal-back").onclick = () => {
    showView(root, "files");
    button.focus();
  };
  showView(root, "seal");
  focusOn(ref(root, "seal-title"));
}
