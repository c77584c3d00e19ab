// Everyone with an account, as far as somebody may see them.

import { copyOf, fill, ref } from "../dom.mjs";
import { settingsWords as words } from "../words/console-settings.mjs";
import { rolesText } from "./nav.mjs";
import { moment } from "./time.mjs";

/** `open(person)` shows one of them. */
export function peopleTable(root, people, me, open) {
  const inVietnamese = new Intl.Collator("vi");
  ref(root, "people").replaceChildren(...[...people].sort((a, b) => inVietnamese.compare(a.name, b.name)).map((person) => {
    const row = copyOf(document.getElementById("t-person"), {
      name: person.name,
      login: person.login,
      roles: rolesText(person.roles) || words.none,
      signedIn: person.signed_in_at ? moment(person.signed_in_at) : words.noSignIn,
      sessions: words.sessions(person.sessions),
      state: person.disabled ? words.disabled : words.enabled,
    });
    ref(row, "state").dataset.kind = person.disabled ? "rejected" : "accepted";
    const button = ref(row, "open");
    const isOwn = person.id === me.id;
    button.hidden = isOwn;
    fill(row, { own: isOwn ? words.you : "" });
    button.textContent = words.changeShort;
    button.setAttribute("aria-label", words.change(person.name));
    button.addEventListener("click", () => open(person));
    return row;
  }));
}
