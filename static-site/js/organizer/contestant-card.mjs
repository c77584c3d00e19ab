// One contestant: who they are and what has become of their attempts, without answers and without scores; and the two things
// that organizers may do for somebody.

import { unitChooser } from "../account/units.mjs";
import { copyOf, fill, focusOn, pageLink, ref } from "../dom.mjs";
import { clearErrors } from "../form.mjs";
import { integer } from "../format.mjs";
import { peopleWords as words } from "../words/console-people.mjs";
import { call } from "./api.mjs";
import { bodyOf } from "./ask.mjs";
import { onSubmit } from "./form-step.mjs";
import { may } from "./roles.mjs";
import { moment } from "./time.mjs";

/** The field of this page where a refusal is meant, by the API's. */
const toldAt = (fields) => (error) => {
  const at = error.fields?.find(({ field }) => field in fields);
  return at ? { field: fields[at.field], message: at.message } : null;
};

/** `again(code)` looks somebody up once more. */
export function contestantCard(section, { contest, zone, me, again }) {
  const card = ref(section, "card");
  const [unitForm, resetForm] = [ref(card, "unit-form"), ref(card, "reset-form")];
  let person = null;
  let opener = null;

  function attemptRow({ round_name: round, number, started_at: started, ends_at: ends, submitted_at: submitted, state }) {
    const told = words.state[state];
    return copyOf(document.getElementById("t-attempt"), {
      round, number: integer(number), started: moment(started, zone), ends: moment(ends, zone),
      state: typeof told === "function" ? told(moment(submitted, zone)) : told,
    });
  }

  function draw() {
    const { code, contestant, full_name: name, birth_year: year, unit, registered_at: registered, erased, reset_until: until, attempts } = person;
    fill(card, {
      cardName: name ?? (erased ? words.erasedName : words.noName),
      cardCode: code,
      cardPublic: contestant,
      cardBirth: year ? String(year) : words.none_given,
      cardUnit: unit?.name ?? words.none_given,
      cardRegistered: moment(registered, zone),
      cardErased: erased ? words.erased : "",
      cardReset: until ? words.reset(moment(until, zone)) : "",
      noAttempts: attempts?.length ? "" : words.noAttempts,
    });
    ref(card, "attempts-frame").hidden = !attempts?.length;
    ref(card, "attempts").replaceChildren(...(attempts ?? []).map(attemptRow));
    ref(card, "corrections").hidden = erased || !may(me, "correctContestant", contest);
  }

  function note(text, proposal = null) {
    fill(card, { cardNote: text });
    ref(card, "card-proposal-part").hidden = !proposal;
    if (proposal) ref(card, "card-proposal").href = pageLink("organizer/decisions.html", { c: contest, p: proposal });
    if (text) focusOn(ref(card, "card-note"));
  }
  const path = () => `contests/${contest}/contestants/${encodeURIComponent(person.code)}`;
  const text = (input) => input.value.normalize("NFC").trim();

  onSubmit(unitForm, {
    missing: { "new-unit": words.chooseUnit, "unit-reason": words.enterReason },
    told: toldAt({ unit: "new-unit", reason: "unit-reason" }),
    async send({ "new-unit": unit, "unit-reason": reason }) {
      const name = unit.selectedOptions[0].textContent.trim();
      const answer = await call("PATCH", path(), { unit: unit.value, reason: text(reason) });
      const proposal = bodyOf(answer)?.proposal;
      unitForm.reset();
      if (proposal) return note(words.unitProposed, proposal);
      person = (await again(person.code).catch(() => null)) ?? person;
      draw();
      note(words.unitChanged(name));
    },
  });
  onSubmit(resetForm, {
    missing: { checked: words.chooseChecked, "reset-reason": words.enterWho },
    told: toldAt({ checked: "checked", reason: "reset-reason" }),
    async send({ checked, "reset-reason": reason }) {
      const { proposal } = bodyOf(await call("POST", `${path()}/resets`, { checked: checked.value, reason: text(reason) }));
      resetForm.reset();
      note(words.resetProposed, proposal);
    },
  });
  ref(card, "card-close").addEventListener("click", () => {
    card.hidden = true;
    opener?.focus();
  });

  return {
    offerUnits(units) {
      unitChooser({ select: unitForm.elements["new-unit"], search: ref(card, "unit-search"), found: ref(card, "unit-found") }, units);
    },
    open(wanted, button) {
      [person, opener] = [wanted, button];
      for (const form of [unitForm, resetForm]) {
        form.reset();
        clearErrors(form);
      }
      note("");
      draw();
      card.hidden = false;
      focusOn(ref(card, "card-title"));
    },
    close() {
      card.hidden = true;
    },
  };
}
