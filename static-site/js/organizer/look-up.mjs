// Looking a contestant up for somebody who calls: by a number, or by name through several pages with a pause between them.

import { copyOf, fill, focusOn, messageOf, newElement, ref } from "../dom.mjs";
import { integer } from "../format.mjs";
import { peopleWords as words } from "../words/console-people.mjs";
import { change, read } from "./api.mjs";
import { contestantCard } from "./contestant-card.mjs";
import { findAll } from "./find-all.mjs";
import { onSubmit } from "./form-step.mjs";

const nameOf = ({ full_name: name, erased }) => name ?? (erased ? words.erasedName : words.noName);

/** Offers it to whoever may. */
export function lookUp(root, { contest, seen, me }) {
  const section = ref(root, "look-up");
  const form = ref(section, "look-up-form");
  const { by, value, unit } = form.elements;
  const zone = seen.time_zone;
  let run = 0; // a new search ends an earlier one

  const say = (text, kind = "plain") => {
    fill(section, { lookUpNote: text });
    ref(section, "look-up-note").dataset.kind = kind;
  };
  const search = (body) => change("POST", `contests/${contest}/contestants/search`, body);
  const card = contestantCard(section, { contest, zone, me, again: (code) => search({ by: "code", value: code }).then(({ people }) => people[0]) });

  by.replaceChildren(...Object.entries(words.by).map(([id, textContent]) => newElement("option", { value: id, textContent })));
  function showFields() {
    fill(section, { valueLabel: words.by[by.value] });
    value.inputMode = ["citizen_id", "phone"].includes(by.value) ? "numeric" : "text";
    ref(section, "unit-part").hidden = by.value !== "name" || unit.options.length < 2;
  }
  by.addEventListener("change", () => {
    value.value = "";
    showFields();
  });

  async function units() {
    const { units: all } = await read(`contests/${contest}/public`); // a draft has no public file
    unit.replaceChildren(new Option(words.anyUnit, ""), ...all.map(({ code, name }) => new Option(name, code)));
    card.offerUnits(all);
    showFields();
  }

  function foundLine(person) {
    const line = copyOf(document.getElementById("t-found"), { who: words.who(nameOf(person), person.birth_year), more: words.more(person.code, person.unit?.name) });
    const button = ref(line, "open");
    button.textContent = words.open;
    button.setAttribute("aria-label", words.openOf(nameOf(person), person.code));
    button.addEventListener("click", () => (person.attempts ? Promise.resolve(person) : search({ by: "code", value: person.code }).then(({ people }) => people[0] ?? person))
      .then((whole) => card.open(whole, button))
      .catch((error) => say(messageOf(error), "error")));
    return line;
  }
  function draw(found) {
    ref(section, "found").replaceChildren(...found.map(foundLine));
  }

  const verdict = ({ found, end }) => {
    if (found.length === 0 && end === "all") return words.none;
    if (found.length === 1 && end === "all") return words.one;
    return words[end](integer(found.length));
  };

  onSubmit(form, {
    missing: {
      get value() {
        return words.enter[by.value];
      },
    },
    async send() {
      const mine = (run += 1);
      const looking = ref(section, "looking");
      card.close();
      draw([]);
      say("");
      const asked = { by: by.value, value: value.value.normalize("NFC").trim(), ...(by.value === "name" && unit.value ? { unit: unit.value } : {}) };
      try {
        const result = await findAll(asked, {
          page: search,
          isStopped: () => run !== mine,
          onPage(found, pages) {
            if (run !== mine) return;
            looking.hidden = by.value !== "name";
            ref(section, "looking-bar").value = pages;
            draw(found);
            say(words.looking(integer(pages), integer(found.length)));
          },
        });
        say(verdict(result));
        const [only] = result.found;
        if (result.found.length !== 1 || !only.attempts) return focusOn(ref(section, "look-up-note"));
        draw([]); // the card says it all
        card.open(only, ref(form, "submit"));
      } finally {
        looking.hidden = true;
      }
    },
  });
  ref(section, "stop").addEventListener("click", () => (run += 1));

  showFields();
  section.hidden = false;
  return units().catch(() => say(words.noUnits));
}
