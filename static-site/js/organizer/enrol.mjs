// From a slip to an account: a name and a secret, an authenticator app, and a card that is printed once.

import { fill, focusOn, ref, showView } from "../dom.mjs";
import { enrolWords as words } from "../words/console.mjs";
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

/** Draws the address that an app reads as a picture of squares. */
function drawPicture(svg, rows) {
  const side = rows.length + 8; // four squares of quiet on each side
  const part = (name, properties) => {
    const element = document.createElementNS(svg.namespaceURI, name);
    for (const [property, value] of Object.entries(properties)) element.setAttribute(property, value);
    return element;
  };
  const dark = rows.flatMap((row, y) => [...row].flatMap((sign, x) => (sign === "1" ? [`M${x},${y}h1v1h-1z`] : [])));
  svg.setAttribute("viewBox", `-4 -4 ${side} ${side}`);
  svg.replaceChildren(part("rect", { x: -4, y: -4, width: side, height: side, fill: "#fff" }), part("path", { d: dark.join("") }));
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
  const { ticket, totp_uri: address, totp_qr: rows } = await step(first, {
    missing: { code: words.enterSlip, name: words.enterName, login: words.enterLogin, secret: words.enterSecret },
    async send({ code: slip, name, login, secret }) {
      const form = { code: slip.value.trim(), name: name.value.normalize("NFC").trim(), login: login.value.trim(), secret: secret.value.normalize("NFC") };
      return bodyOf(await askJson("POST", "enrolments", form));
    },
  });
  showView(root, "app");
  ref(root, "app-link").href = address.startsWith("otpauth://totp/") ? address : ""; // nothing else becomes a link
  drawPicture(ref(root, "app-picture"), rows);
  fill(root, { appKey: new URL(address).searchParams.get("secret").replace(/(.{4})/g, "$1 ").trim() });
  ref(root, "app-again").addEventListener("click", () => {
    history.replaceState(null, "", `#moi=${encodeURIComponent(first.elements.code.value.trim())}`);
    location.reload();
  });
  focusOn(ref(root, "app-title"));
  const opened = await step(ref(root, "app-form"), {
    missing: { totp: words.enterCode },
    send: async ({ totp }) => bodyOf(await askJson("POST", "enrolments/confirm", { ticket, totp: totp.value.trim() })),
  });
  signedIn(opened);
  await showCard(root, opened.me.login, opened.recovery);
}
