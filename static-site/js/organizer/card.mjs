// The recovery card: ten codes, shown this once.

import { fill, focusOn, newElement, ref, saveText, showView } from "../dom.mjs";
import { cardWords as words } from "../words/console.mjs";

/** Resolves when `button` is pressed; until then the browser asks before it leaves what is shown only once. */
export function seenOnce(button) {
  const stay = (event) => event.preventDefault();
  addEventListener("beforeunload", stay);
  return new Promise((resolve) => button.addEventListener("click", () => {
    removeEventListener("beforeunload", stay);
    resolve();
  }, { once: true }));
}

/** The codes of a new card, this once; resolves when it was put away. */
export async function showCard(root, login, codes) {
  showView(root, "card");
  fill(root, { cardOwner: words.owner(login) });
  ref(root, "card-codes").replaceChildren(...codes.map((text) => newElement("li", { className: "ht-code", textContent: text })));
  ref(root, "card-print").onclick = () => print();
  ref(root, "card-save").onclick = () => saveText("the-du-phong.txt", words.file(login, codes));
  focusOn(ref(root, "card-title"));
  await seenOnce(ref(root, "card-done"));
}
