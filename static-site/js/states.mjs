// Every page loads in the same way: says that it is loading, then shows itself or what went wrong.

import { announce, fill, ref, showView } from "./dom.mjs";
import { words } from "./words.mjs";

/** Runs `work` under the loading view; a failure ends in the error view with a button to try again. */
export async function load(root, work) {
  ref(root, "reload").addEventListener("click", () => location.reload());
  showView(root, "loading");
  try {
    await work();
  } catch (error) {
    showError(root, error);
  }
}

export function showError(root, error) {
  ref(root, "error-text").textContent = messageOf(error);
  showView(root, "error");
}

/** The server's Vietnamese sentence, with the wait it asks for; anything unforeseen gets a general sentence. */
export function messageOf(error) {
  if (error.isTemporary === undefined) {
    console.error(error); // a fault of this page, not of the network: leave a trace for whoever repairs it
    return words.problem.server;
  }
  return error.retryAfterSeconds ? `${error.message} ${words.problem.busy(error.retryAfterSeconds)}` : error.message;
}

/** For a page whose address names no contest. */
export function missing(root) {
  fill(root, {});
  ref(root, "reload").hidden = true;
  ref(root, "error-text").textContent = words.problem.missing;
  showView(root, "error");
}

/** A button that works once at a time and says what came of it. */
export function onClick(button, action) {
  button.addEventListener("click", async () => {
    const said = await action();
    if (said) announce(said);
  });
}
