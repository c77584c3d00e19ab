// One's own passkeys: the list, adding one, removing one.

import { copyOf, messageOf, newElement, ref } from "../dom.mjs";
import { whileBusy } from "../form.mjs";
import { settingsWords as words } from "../words/console-settings.mjs";
import { change } from "./api.mjs";
import { onSubmit } from "./form-step.mjs";
import { havePasskeys, hereByName, makePasskey } from "./passkeys.mjs";
import { moment } from "./time.mjs";

/** `renewed(opened, sentence)` takes the session that takes the place of all others, and tells what was done. */
export function ownPasskeys(root, me, { renewed, say }) {
  function draw(passkeys) {
    ref(root, "passkeys").replaceChildren(...passkeys.map(({ id, name, added_at: added, used_at: used }) => {
      const row = copyOf(document.getElementById("t-passkey"), { line: words.passkey(name, moment(added), used && moment(used)) });
      const button = ref(row, "remove");
      button.textContent = words.removePasskey;
      button.setAttribute("aria-label", words.removePasskeyOf(name));
      button.addEventListener("click", () => whileBusy(button, async () => {
        try {
          await taken(await change("DELETE", `me/passkeys/${id}`), words.passkeyRemoved(name));
        } catch (error) {
          say(messageOf(error), "error");
        }
      }));
      return row;
    }));
    ref(root, "passkeys").hidden = passkeys.length === 0;
    ref(root, "no-passkey").hidden = passkeys.length > 0;
  }
  async function taken(opened, sentence) {
    draw(opened.me.passkeys);
    await renewed(opened, sentence);
  }

  const form = ref(root, "passkey-form");
  form.hidden = !havePasskeys();
  ref(root, "passkey-elsewhere").hidden = havePasskeys();
  const byName = hereByName();
  ref(root, "passkey-elsewhere").replaceChildren(...(byName ? [words.byNumber, newElement("a", { href: byName, textContent: words.byName })] : [words.noPasskeys]));
  onSubmit(form, {
    missing: { "passkey-name": words.enterPasskeyName },
    told: ({ fields }) => (fields?.length ? { field: "passkey-name", message: fields[0].message } : null),
    async send({ "passkey-name": field }) {
      const name = field.value.normalize("NFC").trim();
      const passkey = await makePasskey(await change("POST", "me/passkeys/options"));
      const opened = await change("POST", "me/passkeys", { name, passkey });
      form.reset();
      await taken(opened, words.passkeyAdded(name));
    },
  });
  draw(me.passkeys);
}
