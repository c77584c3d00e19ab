// A paper as contestants get it, by the number from which it is drawn. Nothing that is ticked here goes anywhere.

import { fill, focusOn, idFromAddress, load, messageOf, missing, newElement, ref, showView } from "../dom.mjs";
import { clearErrors, showErrors, whileBusy } from "../form.mjs";
import { start } from "../page.mjs";
import { drawPaper } from "../round/paper.mjs";
import { paperWords as words } from "../words/console-paper.mjs";
import { change, read } from "./api.mjs";
import { consoleNav } from "./nav.mjs";
import { may } from "./roles.mjs";

const MOST = 4_294_967_295;

/** The number that was typed, or null where it is none. */
export const seedIn = (text) => (/^\d{1,10}$/.test(text.trim()) && Number(text) <= MOST ? Number(text) : null);

function page(root, contest, rounds) {
  const form = ref(root, "paper-form");
  const { round, seed } = form.elements;
  round.replaceChildren(...rounds.map(({ id, name }) => newElement("option", { value: id, textContent: name })));
  const wanted = idFromAddress("r");
  if (rounds.some(({ id }) => id === wanted)) round.value = wanted;

  async function show(number) {
    const shown = await change("POST", `contests/${contest}/rounds/${round.value}/paper`, { seed: number });
    fill(root, { shown: words.shown(shown.round_name, String(shown.seed), shown.minutes), secrecy: shown.is_open ? words.isOpen : words.notOpen });
    ref(root, "secrecy").dataset.kind = shown.is_open ? "plain" : "error";
    drawPaper(root, { paper: shown.paper, answers: {}, prediction: "" }, () => {});
    ref(root, "paper").hidden = false;
    ref(root, "other").hidden = false;
    focusOn(ref(root, "shown"));
  }
  const showing = (button, number) => whileBusy(button, () => show(number).catch((error) => showErrors(form, [{ field: "", message: messageOf(error) }])));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    const number = seedIn(seed.value);
    if (number === null) return showErrors(form, [{ field: "seed", message: words.seed }]);
    showing(ref(form, "submit"), number);
  });
  ref(form, "other").addEventListener("click", () => {
    clearErrors(form);
    seed.value = String(crypto.getRandomValues(new Uint32Array(1))[0]);
    showing(ref(form, "other"), Number(seed.value));
  });
}

function paper(root) {
  const contest = idFromAddress("c");
  if (!contest) return missing(root);
  return load(root, async () => {
    const [me, seen] = await Promise.all([consoleNav(), read(`contests/${contest}`)]);
    const rounds = seen.rounds.filter(({ phase }) => may(me, phase === "ahead" ? "seePaperBeforeOpening" : "seePaper", contest));
    fill(root, { contestName: seen.name ?? contest, noRound: rounds.length ? "" : words.noRound });
    ref(root, "paper-form").hidden = rounds.length === 0;
    page(root, contest, rounds);
    showView(root, "paper");
  });
}

start({ paper });
