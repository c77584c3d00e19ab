// Another authenticator app for one's own account, on a new phone for instance.

import { focusOn, messageOf, ref, showView } from "../dom.mjs";
import { whileBusy } from "../form.mjs";
import { settingsWords as words } from "../words/console-settings.mjs";
import { change } from "./api.mjs";
import { showApp } from "./app.mjs";
import { onSubmit } from "./form-step.mjs";

/** `renewed(opened, sentence)` takes the session that takes the place of all others, and tells what was done. */
export function ownApp(root, { renewed, say }) {
  const [button, form] = [ref(root, "app-change"), ref(root, "app-form")];
  let ticket = null;
  button.addEventListener("click", () => whileBusy(button, async () => {
    try {
      const begun = await change("POST", "me/totp");
      ticket = begun.ticket;
      showApp(root, begun);
      form.reset();
      showView(root, "app");
      focusOn(ref(root, "app-title"));
    } catch (error) {
      say(messageOf(error), "error");
    }
  }));
  onSubmit(form, {
    missing: { totp: words.enterNewCode },
    told: ({ code }) => (code === "wrong_code" ? { field: "totp", message: words.wrongNewCode } : null),
    send: async ({ totp }) => renewed(await change("PUT", "me/totp", { ticket, totp: totp.value.trim() }), words.appChanged),
  });
  ref(root, "app-back").addEventListener("click", () => say(words.appKept, "plain"));
}
