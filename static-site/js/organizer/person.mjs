// One person: their roles in each contest, their sessions, and whether they may come in at all.

import { copyOf, fill, focusOn, messageOf, newElement, ref, showView } from "../dom.mjs";
import { clearErrors, showErrors, whileBusy } from "../form.mjs";
import { consoleWords } from "../words/console.mjs";
import { settingsWords as words } from "../words/console-settings.mjs";
import { change } from "./api.mjs";
import { onSubmit } from "./form-step.mjs";
import { may } from "./roles.mjs";

const scopeName = (scope, contests) => (scope === "*" ? consoleWords.everywhere : contests.find(({ id }) => id === scope)?.name ?? scope);

/** `done(sentence)` once something was changed. */
export function personView(root, { me, contests, done }) {
  let person = null;
  const form = ref(root, "person-form");
  const scopes = ref(root, "person-scopes");
  const more = ref(root, "person-more");

  /** The roles of one scope; fixed where they are not mine to give. */
  function scopeField(scope, held) {
    const field = copyOf(document.getElementById("t-scope"), { title: words.rolesIn(scopeName(scope, contests)) });
    field.dataset.scope = scope;
    field.disabled = !may(me, "managePeople", scope === "*" ? null : scope);
    ref(field, "roles").append(...Object.entries(words.rolesWhat).map(([role, text]) => {
      const row = copyOf(document.getElementById("t-role"), { text });
      Object.assign(row.querySelector("input"), { type: "checkbox", value: role, checked: held.includes(role) });
      return row;
    }));
    return field;
  }
  function offerMore() {
    const shown = new Set([...scopes.children].map(({ dataset }) => dataset.scope));
    const free = ["*", ...contests.map(({ id }) => id)].filter((scope) => !shown.has(scope) && may(me, "managePeople", scope === "*" ? null : scope));
    more.replaceChildren(...free.map((scope) => newElement("option", { value: scope, textContent: scopeName(scope, contests) })));
    ref(root, "person-more-part").hidden = free.length === 0;
  }
  const chosen = () => Object.fromEntries([...scopes.children].map((field) => [field.dataset.scope, [...field.querySelectorAll("input:checked")].map(({ value }) => value)]));

  async function save(body, sentence) {
    const answer = await change("PATCH", `people/${person.id}`, body);
    await done(answer?.proposal ? words.proposed : sentence);
  }
  const reasonOf = (fields) => fields["person-reason"].value.normalize("NFC").trim();

  onSubmit(form, {
    missing: { "person-reason": words.enterReason },
    send: (fields) => save({ roles: chosen(), reason: reasonOf(fields) }, words.saved(person.name)),
  });
  const lock = ref(root, "person-lock");
  lock.addEventListener("click", () => {
    clearErrors(form);
    const reason = reasonOf(form.elements);
    if (!reason) return showErrors(form, [{ field: "person-reason", message: words.enterReason }]);
    whileBusy(lock, () => save({ disabled: !person.disabled, reason }, (person.disabled ? words.unlocked : words.locked)(person.name))
      .catch((error) => showErrors(form, [{ field: "", message: messageOf(error) }])));
  });
  const end = ref(root, "person-end");
  end.addEventListener("click", () => whileBusy(end, () => change("DELETE", `people/${person.id}/sessions`)
    .then(() => done(words.ended(person.name)))
    .catch((error) => showErrors(form, [{ field: "", message: messageOf(error) }]))));
  ref(root, "person-add").addEventListener("click", () => {
    scopes.append(scopeField(more.value, []));
    scopes.lastElementChild.querySelector("input").focus();
    offerMore();
  });
  ref(root, "person-back").addEventListener("click", () => {
    showView(root, "settings");
    focusOn(ref(root, "people-title"));
  });

  return {
    open(opened) {
      person = opened;
      clearErrors(form);
      form.reset();
      const mine = (action) => Object.keys(person.roles).some((scope) => may(me, action, scope === "*" ? null : scope)) || Object.keys(person.roles).length === 0;
      fill(root, { personName: person.name, personLogin: person.login, personSessions: words.sessions(person.sessions) });
      scopes.replaceChildren(...Object.entries(person.roles).map(([scope, held]) => scopeField(scope, held)));
      offerMore();
      lock.textContent = person.disabled ? words.unlock : words.lock;
      for (const part of [lock, ref(form, "submit"), ref(root, "person-reason-part")]) part.hidden = !mine("managePeople");
      end.hidden = person.sessions === 0 || !mine("endSessions");
      showView(root, "person");
      focusOn(ref(root, "person-title"));
    },
  };
}
