// Deciding: on the left what to look at in a ranked round, on the right proposals; or one proposal alone, since it is read
// on phones too.

import { fill, idFromAddress, load, newElement, pageLink, ref, showView } from "../dom.mjs";
import { start } from "../page.mjs";
import { now, syncClock } from "../server.mjs";
import { decisionWords as words, reviewWords } from "../words/console-decisions.mjs";
import { change, read } from "./api.mjs";
import { changeForm } from "./change-form.mjs";
import { consoleNav } from "./nav.mjs";
import { showProposals } from "./proposal-list.mjs";
import { proposalView } from "./proposal-view.mjs";
import { reviewSide } from "./review-side.mjs";
import { may } from "./roles.mjs";

const RANKED = ["ranked", "published"];

function decisions(root) {
  const [contest, id] = [idFromAddress("c"), idFromAddress("p")];
  const base = contest ? `contests/${contest}/proposals` : "proposals";
  const toProposal = (proposal) => location.assign(pageLink("organizer/decisions.html", { c: contest, p: proposal }));

  /** It is tried at once; where that cannot be asked for now, its page offers it again. */
  async function made(proposal) {
    await change("POST", `${base}/${proposal}/preview`, {}).catch(() => null);
    toProposal(proposal);
  }

  function writing(rounds, ranked) {
    const form = changeForm(root, { contest, rounds: (ranked.length ? ranked : rounds).map((round) => [round.id, round.name]), done: made });
    const open = () => {
      for (const name of ["list-part", "for-you"]) ref(root, name).hidden = true;
      ref(root, "form-part").hidden = false;
    };
    const close = () => {
      ref(root, "form-part").hidden = true;
      ref(root, "list-part").hidden = false;
      label();
      ref(root, "begin").focus();
    };
    const label = () => (ref(root, "begin").textContent = form.count() ? words.goOn(form.count()) : words.begin);
    ref(root, "begin").addEventListener("click", () => {
      open();
      form.begin();
    });
    ref(root, "to-list-part").addEventListener("click", close);
    label();
    return {
      take(changes) {
        open();
        return form.take(changes);
      },
      show: form.show,
    };
  }

  function sides(me, seen) {
    const ranked = seen.rounds.filter(({ phase }) => RANKED.includes(phase));
    const mayPropose = may(me, "propose", contest);
    const proposal = mayPropose ? writing(seen.rounds, ranked) : null;
    ref(root, "begin-part").hidden = !mayPropose;
    fill(root, { noRight: mayPropose ? "" : words.noRight });
    const choose = ref(root, "round");
    choose.replaceChildren(...ranked.map((round) => newElement("option", { value: round.id, textContent: round.name })));
    ref(root, "round-part").hidden = ranked.length === 0;
    fill(root, { noRound: ranked.length ? "" : reviewWords.noRound });
    const side = reviewSide(root, { contest, proposal });
    choose.addEventListener("change", () => side.show(choose.value));
    if (!ranked.length) return;
    const wanted = idFromAddress("r");
    choose.value = ranked.some((round) => round.id === wanted) ? wanted : ranked.at(-1).id;
    return side.show(choose.value);
  }

  async function list(me, seen) {
    showProposals(root, await read(base), { contest, zone: seen?.time_zone });
    ref(root, "left").hidden = !contest || !may(me, "review", contest);
    ref(root, "begin-part").hidden = true;
    ref(root, "platform").hidden = !contest || !may(me, "approve", null);
    ref(root, "platform").href = pageLink("organizer/decisions.html", {});
    ref(root, "sides").classList.toggle("hc-two", !ref(root, "left").hidden);
    showView(root, "list");
    if (contest) await sides(me, seen);
  }

  return load(root, async () => {
    const [me, seen] = await Promise.all([consoleNav(), contest ? read(`contests/${contest}`) : null, syncClock().catch(() => {})]);
    fill(root, { contestName: seen ? seen.name ?? contest : words.ofPlatform });
    const names = new Map((seen?.rounds ?? []).map((round) => [round.id, round.name]));
    const nameOfRound = (round) => names.get(round) ?? words.overall;
    if (!id) return list(me, seen);
    ref(root, "to-list").href = pageLink("organizer/decisions.html", { c: contest });
    const view = proposalView(root, {
      contest, base, zone: seen?.time_zone, nameOfRound,
      toType: (round) => names.get(round) ?? seen.name,
      serverNow: () => new Date(now()).toISOString(),
    });
    await view.open(id);
    showView(root, "proposal");
  });
}

start({ decisions });
