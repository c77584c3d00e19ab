// The people of the demo: on the machine on which it runs nobody signs in. Nothing that is deployed answers here.

import { Problem } from "../server.mjs";
import { session, signedIn } from "./ask.mjs";

const PEOPLE = ["lead", "second", "author"];
const IN_ADDRESS = "#trinh-dien";

/** Who of the demo this tab is; null outside it. */
export const demoPerson = () => (PEOPLE.includes(session()?.person) ? session().person : null);

/** Becomes somebody of the demo, with a second factor given just now. */
export async function openDemo(person = "lead") {
  const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ person }), cache: "no-store", credentials: "omit" };
  const answer = await fetch("/_local/organizer-session", options);
  if (!answer.ok) throw new Problem(answer.status, {}, null);
  signedIn(await answer.json());
  return true;
}

/** Where the address asks for the demo, opens it and leaves an address that may be kept. */
export async function demoInAddress() {
  if (location.hash !== IN_ADDRESS) return;
  await openDemo();
  history.replaceState(null, "", location.pathname + location.search);
}

/** A choice of people for the menu. */
export function demoChoice(words) {
  const label = document.createElement("label");
  const choice = document.createElement("select");
  label.className = "hc-demo";
  label.textContent = `${words.as} `;
  choice.replaceChildren(...PEOPLE.map((person) => new Option(words.person[person], person, false, person === demoPerson())));
  choice.addEventListener("change", async () => {
    await openDemo(choice.value);
    location.reload();
  });
  label.append(choice);
  return label;
}
