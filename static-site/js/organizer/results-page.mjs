// Results and documents: how far each round has come, what would be published, what was, and the way to official results.

import { copyOf, fill, focusOn, idFromAddress, load, messageOf, missing, newElement, pageLink, ref, showView } from "../dom.mjs";
import { whileBusy } from "../form.mjs";
import { start } from "../page.mjs";
import { now, syncClock } from "../server.mjs";
import { resultsWords as words } from "../words/console-results.mjs";
import { change, read } from "./api.mjs";
import { documentsOf } from "./documents.mjs";
import { onSubmit } from "./form-step.mjs";
import { consoleNav } from "./nav.mjs";
import { postponing } from "./postpone.mjs";
import { stopsOf, versionsOf } from "./rail.mjs";
import { showResults } from "./results-preview.mjs";
import { may } from "./roles.mjs";
import { moment, momentAndLeft } from "./time.mjs";

const RANKED = ["ranked", "published"];
const PLAIN = ["overall", "contest"];

function page(root, { me, contest, seen, versions }) {
  const zone = seen.time_zone;
  const serverNow = () => new Date(now()).toISOString();
  let opener = null; // the button that led to the view that is open

  function back() {
    showView(root, "list");
    opener?.focus();
  }
  function open(view, button) {
    opener = button;
    showView(root, view);
    focusOn(ref(root, `${view}-title`));
  }

  function stop({ name, state, at }) {
    const item = copyOf(document.getElementById("t-stop"), { name, state: words.state[state], at: at ? momentAndLeft(at, zone, serverNow()) : "" });
    item.dataset.state = state;
    if (state === "now") item.setAttribute("aria-current", "step");
    return item;
  }

  const recognizing = ref(root, "recognize-form");
  let recognized = null;
  const postpone = postponing(root, { contest, zone, serverNow, done(round, at) {
    round.publishes = at;
    draw();
  } });

  /** What may be done with a round now, in the order in which it is done. */
  function actions(round, own) {
    const isRanked = RANKED.includes(round.phase);
    const isOpenToLeadsOnly = round.phase === "open";
    return [
      [round.phase === "published" ? words.named : words.preview, isRanked && may(me, "previewResults", contest), async (button) => {
        const shown = await read(`contests/${contest}/rounds/${round.id}/results`);
        showResults(root, shown, words.when(momentAndLeft(round.publishes, zone, serverNow())));
        open("preview", button);
      }],
      [words.postpone, round.phase !== "published" && may(me, "writeFiles", contest) && (!isOpenToLeadsOnly || may(me, "extend", contest)), async (button) => {
        postpone.open(round);
        open("postpone", button);
      }],
      [words.recognize, round.phase === "published" && !isOfficial(own) && may(me, "propose", contest), async (button) => openRecognition(round, button)],
    ].filter(([, isOffered]) => isOffered);
  }

  function openRecognition(round, button) {
    recognized = round;
    recognizing.reset();
    fill(root, { recognizeTitle: words.forRound(words.recognize, round.name) });
    open("recognize", button);
  }

  function roundCard(round, own) {
    const card = copyOf(document.getElementById("t-round"), { name: round.name });
    const say = (text) => fill(card, { said: text });
    ref(card, "rail").replaceChildren(...stopsOf(round, own).map(stop));
    ref(card, "actions").append(...actions(round, own).map(([text, , act]) => {
      const button = newElement("button", { type: "button", className: "ht-button ht-button--second", textContent: text });
      button.setAttribute("aria-label", words.forRound(text, round.name));
      button.addEventListener("click", () => whileBusy(button, () => act(button).then(() => say("")).catch((error) => say(messageOf(error)))));
      return button;
    }));
    if (RANKED.includes(round.phase) && may(me, "readProposals", contest)) {
      ref(card, "actions").append(newElement("a", { href: pageLink("organizer/decisions.html", { c: contest, r: round.id }), textContent: words.decide }));
    }
    ref(card, "documents").replaceChildren(...documentsOf(versions.filter((of) => of.round === round.id), contest));
    return card;
  }

  const isOfficial = (own) => own.at(-1)?.status === "official";

  function overallCard(own) {
    const round = { id: "overall", name: words.overall };
    const numbered = versionsOf(round, own);
    const card = copyOf(document.getElementById("t-round"), { name: round.name });
    ref(card, "rail").replaceChildren(...stopsOf({}, numbered).map(stop));
    // It becomes official with the last of its rounds, and is recognized by itself only where something was decided since.
    const areRoundsOfficial = seen.rounds.every((of) => isOfficial(versionsOf(of, versions)));
    if (numbered.length && areRoundsOfficial && !isOfficial(numbered) && may(me, "propose", contest)) {
      const button = newElement("button", { type: "button", className: "ht-button ht-button--second", textContent: words.recognize });
      button.setAttribute("aria-label", words.forRound(words.recognize, round.name));
      button.addEventListener("click", () => openRecognition(round, button));
      ref(card, "actions").append(button);
    }
    ref(card, "documents").replaceChildren(...documentsOf(own, contest));
    return card;
  }

  function draw() {
    const cards = seen.rounds.map((round) => roundCard(round, versionsOf(round, versions)));
    const [overall, common] = PLAIN.map((id) => versions.filter((of) => of.round === id));
    if (overall.length) cards.push(overallCard(overall));
    ref(root, "rounds").replaceChildren(...cards);
    ref(root, "common-part").hidden = common.length === 0;
    ref(root, "common").replaceChildren(...(common.length ? documentsOf(common, contest) : []));
  }

  onSubmit(recognizing, {
    missing: { "decision.number": words.enterNumber, "decision.date": words.enterDate, reason: words.enterWhy },
    async send(fields) {
      const text = (name) => fields[name].value.normalize("NFC").trim();
      const { proposal } = await change("POST", `contests/${contest}/proposals`, {
        kind: "decisions", changes: [{ action: "recognize", round: recognized.id }], reason: text("reason"), decision: { number: text("decision.number"), date: text("decision.date") },
      });
      await change("POST", `contests/${contest}/proposals/${proposal}/preview`, {}).catch(() => null); // its page offers it again
      location.assign(pageLink("organizer/decisions.html", { c: contest, p: proposal }));
    },
  });
  for (const button of root.querySelectorAll("[data-back]")) button.addEventListener("click", back);
  ref(root, "preview-print").addEventListener("click", () => print());
  draw();
}

function results(root) {
  const contest = idFromAddress("c");
  if (!contest) return missing(root);
  return load(root, async () => {
    const [me, seen, { versions }] = await Promise.all([consoleNav(), read(`contests/${contest}`), read(`contests/${contest}/documents`), syncClock().catch(() => {})]);
    fill(root, { contestName: seen.name ?? contest, asOf: moment(seen.now, seen.time_zone), noRound: seen.rounds.length ? "" : words.noRound });
    page(root, { me, contest, seen, versions });
    showView(root, "list");
  });
}

start({ results });
