// From a slip to an account: a name and a secret, an authenticator app, and a card that is printed once.

import { fill, focusOn, ref, showView } from "../dom.mjs";
import { enrolWords as words } from "../words/console.mjs";
import { showApp } from "./app.mjs";
import { askJson, bodyOf, signedIn, signedOut } from "./ask.mjs";
import { showCard } from "./card.mjs";
import { onSubmit } from "./form-step.mjs";

/** The code that a link on a slip carries behind the `#`, where no server sees it; it does not stay in the address. Null
    where nobody comes with a slip, empty where the code is still to be typed. */
export function invitationInAddress() {
  const code = new URLSearchParams(location.hash.slice(1)).get("moi");
  if (code !== null) history.replaceState(null, "", location.pathname + location.search);
  return code;
}

/** Resolves to what a step answers. */
const step = (form, { missing, send }) => new Promise((resolve) => onSubmit(form, { missing, send: async (fields) => resolve(await send(fields)) }));

/** Resolves when an account was made and its card was seen. */
export async function enrolment(root, code) {
  signedOut();
  showView(root, "enrol");
  const first = ref(root, "enrol-form");
  first.elements.code.value = code;
  ref(root, "enrol-code").hidden = Boolean(code);
  fill(root, { recognized: code ? words.recognized : words.haveSlip });
  focusOn(ref(root, "enrol-title"));
  const begun = await step(first, {
    missing: { code: words.enterSlip, name: words.enterName, login: words.enterLogin, secret: words.enterSecret },
    async send({ code: slip, name, login, secret }) {
      const form = { code: slip.value.trim(), name: name.value.normalize("NFC").trim(), login: login.value.trim(), secret: secret.value.normalize("NFC") };
      return bodyOf(await askJson("POST", "enrolments", form));
    },
  });
  showView(root, "app");
  showApp(root, begun);
  ref(root, "app-again").addEventListener("click", () => {
    history.replaceState(null, "", `#moi=${encodeURIComponent(first.elements.code.value.trim())}`);
    location.reload();
  });
  focusOn(ref(root, "app-title"));
  const opened = await step(ref(root, "app-form"), {
    missing: { totp: words.enterCode },
    send: async ({ totp }) => bodyOf(await askJson("POST", "enrolments/confirm", { ticket: begun.ticket, totp: totp.value.trim() })),
  });
  signedIn(opened);
  await showCard(root, opened.me.login, opened.recovery);
}
