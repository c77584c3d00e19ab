// One's own account: sessions, the secret, passkeys, the app, and a new recovery card.

import { copyOf, fill, messageOf, ref } from "../dom.mjs";
import { whileBusy } from "../form.mjs";
import { settingsWords as words } from "../words/console-settings.mjs";
import { change, read } from "./api.mjs";
import { signedIn } from "./ask.mjs";
import { showCard } from "./card.mjs";
import { demoPerson } from "./demo.mjs";
import { onSubmit } from "./form-step.mjs";
import { rolesText } from "./nav.mjs";
import { ownApp } from "./own-app.mjs";
import { ownPasskeys } from "./own-passkeys.mjs";
import { moment } from "./time.mjs";

/** This one first, then those that were used last. */
const byUse = (a, b) => b.is_this - a.is_this || Date.parse(b.seen_at) - Date.parse(a.seen_at);

/** `say(sentence)` tells what was done. */
export async function ownAccount(root, me, say) {
  async function drawSessions() {
    const { sessions } = await read("me/sessions");
    ref(root, "sessions").replaceChildren(...sessions.sort(byUse).map(({ id, opened_at: opened, seen_at: seen, is_this: isThis }) => {
      const row = copyOf(document.getElementById("t-session"), { line: words.session(moment(opened), moment(seen), isThis) });
      const button = ref(row, "end");
      button.hidden = isThis; // one leaves it by signing out
      button.textContent = words.endSession;
      button.setAttribute("aria-label", words.endSessionOf(moment(opened)));
      button.addEventListener("click", () => whileBusy(button, async () => {
        try {
          await change("DELETE", `me/sessions/${id}`);
          await drawSessions();
          say(words.sessionEnded);
        } catch (error) {
          say(messageOf(error), "error");
        }
      }));
      return row;
    }));
  }
  /** Every other session has ended; here is the one that goes on. */
  async function renewed(opened, sentence) {
    signedIn({ ...opened, person: demoPerson() ?? undefined });
    await drawSessions();
    say(sentence);
  }
  const showLeft = (left) => fill(root, { recoveryLeft: words.recoveryLeft(left) });

  fill(root, { ownName: me.name, ownLogin: me.login, ownRoles: rolesText(me.roles) || words.none });
  showLeft(me.recovery_left);
  const secretForm = ref(root, "secret-form");
  onSubmit(secretForm, {
    missing: { secret: words.enterSecret, new_secret: words.enterNewSecret },
    told: ({ code }) => (code === "wrong_credentials" ? { field: "secret", message: words.wrongSecret } : null),
    async send({ secret, new_secret: next }) {
      const opened = await change("PUT", "me/secret", { secret: secret.value.normalize("NFC"), new_secret: next.value.normalize("NFC") });
      secretForm.reset();
      await renewed(opened, words.secretChanged);
    },
  });
  const cardForm = ref(root, "card-form");
  onSubmit(cardForm, {
    missing: { code: words.enterCode },
    told: ({ code }) => (code === "wrong_code" ? { field: "code", message: words.wrongCode } : null),
    async send({ code }) {
      const { recovery } = await change("POST", "me/recovery", { code: code.value.trim() });
      cardForm.reset();
      await showCard(root, me.login, recovery);
      showLeft(recovery.length);
      say(words.cardMade);
    },
  });
  ownPasskeys(root, me, { renewed, say });
  ownApp(root, { renewed, say });
  await drawSessions();
}
