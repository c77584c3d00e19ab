// How the platform is: when functions last looked at everything, and which rounds are late.

import { fill, messageOf, newElement, pageLink, ref } from "../dom.mjs";
import { integer } from "../format.mjs";
import { healthWords as words } from "../words/console.mjs";
import { read } from "./api.mjs";
import { scopesOf } from "./roles.mjs";
import { moment } from "./time.mjs";

const sweepLine = ({ function: name, at, is_late: isLate }) =>
  newElement("li", { textContent: at ? words.swept[name](moment(at), isLate) : words.never[name] });

function lateLine({ contest, round, phase, since }, nameOf) {
  const line = newElement("li", { textContent: `${words.late(nameOf(contest), round, words.phase[phase] ?? phase, moment(since))} ` });
  line.append(newElement("a", { href: pageLink("organizer/index.html", { c: contest }), textContent: words.open }));
  return line;
}

/** Shows it to those who may see it, of what is theirs; a fault of it is told in its own place. */
export async function showHealth(root, me, contests) {
  const part = ref(root, "health");
  part.hidden = scopesOf(me, "readHealth").length === 0;
  if (part.hidden) return;
  try {
    const { now, sweeps, late_rounds: late, contests: count } = await read("health");
    const isWell = late.length === 0 && sweeps.every((sweep) => !sweep.is_late);
    const isStarting = late.length === 0 && sweeps.every((sweep) => sweep.at === null);
    const sum = isStarting ? "starting" : isWell ? "well" : "look";
    fill(root, {
      healthSum: words[sum],
      healthAt: count === null ? words.asOf(moment(now)) : words.asOfAll(moment(now), integer(count)),
    });
    ref(part, "health-sum").dataset.kind = { well: "good", look: "error", starting: "plain" }[sum];
    const nameOf = (id) => contests.find((contest) => contest.id === id)?.name ?? id;
    ref(part, "health-lines").replaceChildren(...sweeps.map(sweepLine), ...late.map((round) => lateLine(round, nameOf)));
  } catch (error) {
    fill(root, { healthSum: messageOf(error) });
    ref(part, "health-sum").dataset.kind = "error";
  }
}
