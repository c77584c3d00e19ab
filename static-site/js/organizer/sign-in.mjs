// Signing in over the page: a name and a secret, then a code; or by a passkey, which is both. The page behind keeps whatever was typed on it.

import { messageOf, newElement } from "../dom.mjs";
import { consoleWords } from "../words/console.mjs";
import { askJson, bodyOf, session, signedIn, signedOut } from "./ask.mjs";
import { demoPerson, openDemo } from "./demo.mjs";
import { havePasskeys, hereByName, signByPasskey } from "./passkeys.mjs";

const words = consoleWords.signIn;
const ENROLMENT = "/organizer/index.html#moi";
let opened = null; // the dialog that is open, as a promise: several requests may end in the same one

function field(name, label, properties) {
  const error = newElement("p", { className: "ht-error", id: `over-${name}-error`, hidden: true });
  const input = newElement("input", { className: "ht-input", id: `over-${name}`, name, ...properties });
  input.setAttribute("aria-describedby", error.id);
  const all = newElement("div", { className: "ht-field" });
  all.append(newElement("label", { htmlFor: input.id, textContent: label }), error, input);
  return { all, input, error };
}

function say(part, sentence) {
  part.error.textContent = sentence;
  part.error.hidden = !sentence;
  part.all.toggleAttribute("data-error", Boolean(sentence));
  if (!sentence) return part.input.removeAttribute("aria-invalid");
  part.input.setAttribute("aria-invalid", "true");
  part.input.focus();
}

function missing(part, sentence) {
  if (part.input.value.trim()) return false;
  say(part, sentence);
  return true;
}

/** One step: its fields, its button, and whatever leads elsewhere. `goOn` is called once it is done. */
function formOf({ parts, label, send }, others, goOn) {
  const form = newElement("form", { noValidate: true });
  const button = newElement("button", { className: "ht-button", textContent: label });
  const actions = newElement("div", { className: "ht-actions" });
  actions.append(button, ...others);
  form.append(...parts.map(({ all }) => all), actions);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    parts.forEach((part) => say(part, ""));
    button.setAttribute("aria-disabled", "true");
    const isDone = await send().catch((problem) => say(parts.at(-1), messageOf(problem)));
    button.removeAttribute("aria-disabled");
    if (isDone) goOn();
  });
  return form;
}

/** A way past the steps: a button, and above it whatever is wrong. `goOn` is called once it is done. */
function wayAround({ label, send }, goOn) {
  const all = newElement("div", { className: "hc-over__more" });
  const error = newElement("p", { className: "ht-error", hidden: true });
  const button = newElement("button", { type: "button", className: "ht-button ht-button--second", textContent: label });
  error.setAttribute("role", "alert");
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    error.hidden = true;
    button.setAttribute("aria-disabled", "true");
    const isDone = await send().catch((problem) => {
      error.textContent = messageOf(problem);
      error.hidden = false;
    });
    button.removeAttribute("aria-disabled");
    if (isDone) goOn();
  });
  all.append(error, button);
  return all;
}

/** A dialog with one step after the other, and perhaps a way around them; resolves to false where somebody leaves it, which
    only some allow. */
function dialogOf({ title, why, steps, around, leave, more = [] }) {
  const dialog = newElement("dialog", { className: "hc-over" });
  const heading = newElement("h2", { id: "over-title", textContent: title });
  const linkTo = (text, act) => {
    const link = newElement("button", { type: "button", className: "ht-link", textContent: text });
    link.addEventListener("click", act);
    return link;
  };
  let isDone = false;
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.addEventListener("cancel", (event) => {
    if (!leave) event.preventDefault(); // there is nothing to do without a session
  });
  const show = (number) => {
    const goOn = () => {
      isDone = number + 1 === steps.length;
      if (isDone) dialog.close();
      else show(number + 1);
    };
    const others = [...(number > 0 ? [linkTo(words.back, () => show(number - 1))] : []), ...(leave ? [linkTo(leave, () => dialog.close())] : [])];
    const form = formOf(steps[number], others, goOn);
    const past = () => {
      isDone = true;
      dialog.close();
    };
    const below = number === 0 ? [...(around ? [wayAround(around, past)] : []), ...more] : [];
    dialog.replaceChildren(heading, ...(why ? [newElement("p", { textContent: why })] : []), form, ...below);
    (steps[number].parts.find(({ input }) => !input.value) ?? steps[number].parts[0]).input.focus();
  };
  document.body.append(dialog);
  dialog.showModal();
  show(0);
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(isDone);
  }));
}

const once = (open) => (opened ??= open().finally(() => (opened = null)));

/** Where somebody else signs in, what stands on the page is not theirs to go on with. */
function welcome(answer) {
  const before = session()?.me.id;
  if (before && before !== answer.me.id) {
    signedOut();
    signedIn(answer);
    location.assign("/organizer/index.html");
    return new Promise(() => {}); // the page goes
  }
  signedIn(answer);
  return true;
}

function toEnrolment() {
  const link = newElement("a", { href: ENROLMENT, textContent: words.slip });
  const line = newElement("p", { className: "hc-over__more" });
  line.append(link);
  // On the first page only the part behind the sign changes, which by itself loads nothing.
  link.addEventListener("click", (event) => {
    event.preventDefault();
    history.replaceState(null, "", ENROLMENT);
    location.reload();
  });
  return line;
}

/** There are no passkeys at the number of this machine, but at its name. */
function toName() {
  const line = newElement("p", { className: "hc-over__more" });
  line.append(newElement("a", { href: hereByName(), textContent: words.byName }));
  return line;
}

/** Resolves when a session is open. */
export const signInOverPage = () => once(() => {
  if (demoPerson()) return openDemo(demoPerson());
  const before = session();
  const login = field("login", words.login, { autocomplete: "username", autocapitalize: "none", spellcheck: false, maxLength: 40, value: before?.me.login ?? "" });
  const secret = field("secret", words.secret, { type: "password", autocomplete: "current-password", maxLength: 128 });
  const code = field("code", words.code, { autocomplete: "one-time-code", maxLength: 20 });
  let ticket = null;
  const around = {
    label: words.passkey,
    async send() {
      const named = login.input.value.trim();
      const asked = bodyOf(await askJson("POST", "sessions/passkey/options", named ? { login: named } : {}));
      return welcome(bodyOf(await askJson("POST", "sessions/passkey", { passkey: await signByPasskey(asked) })));
    },
  };
  const more = [...(hereByName() ? [toName()] : []), ...(before ? [] : [toEnrolment()])];
  return dialogOf({ title: words.title, why: before ? words.again : "", around: havePasskeys() ? around : null, more, steps: [
    {
      parts: [login, secret],
      label: words.next,
      async send() {
        if (missing(login, words.enterLogin) || missing(secret, words.enterSecret)) return false;
        const form = { login: login.input.value.trim(), secret: secret.input.value.normalize("NFC") };
        ({ ticket } = bodyOf(await askJson("POST", "sessions", form)));
        return true;
      },
    },
    {
      parts: [code],
      label: words.enter,
      async send() {
        if (missing(code, words.enterCode)) return false;
        return welcome(bodyOf(await askJson("POST", "sessions/second", { ticket, code: code.input.value.trim() })));
      },
    },
  ] });
});

/** Resolves to true when a second factor was given once more, to false where somebody would rather not. */
export const giveSecondFactor = () => once(() => {
  if (demoPerson()) return openDemo(demoPerson());
  const { title, why, code: label, passkey, confirm, leave } = consoleWords.stepUp;
  const code = field("code", label, { autocomplete: "one-time-code", maxLength: 20 });
  // Where the session has ended meanwhile, whoever asked finds out and signs in.
  const hasEnded = (answer) => answer.body?.code === "no_session";
  const give = async (factor) => {
    const answer = await askJson("POST", "me/step-up", factor);
    if (!hasEnded(answer)) bodyOf(answer);
    return true;
  };
  const around = {
    label: passkey,
    async send() {
      const asked = await askJson("POST", "me/step-up/options");
      return hasEnded(asked) || give({ passkey: await signByPasskey(bodyOf(asked)) });
    },
  };
  const hasKey = havePasskeys() && session()?.me.passkeys?.length > 0;
  return dialogOf({ title, why, leave, around: hasKey ? around : null, steps: [{
    parts: [code],
    label: confirm,
    send: async () => !missing(code, words.enterCode) && give({ code: code.input.value.trim() }),
  }] });
});
