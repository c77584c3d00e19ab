// Copying to the clipboard, which in-app browsers refuse: then the reader is told to do it by hand.

import { announce } from "./dom.mjs";
import { words } from "./words/shared.mjs";

export function copyOnClick(button, textOf) {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(textOf());
      announce(words.copied);
    } catch {
      announce(words.copyFailed);
    }
  });
}
