// One form: what is missing is said at its field, what the API refuses likewise, and the button is busy meanwhile.

import { messageOf, ref } from "../dom.mjs";
import { clearErrors, errorsOf, showErrors, whileBusy } from "../form.mjs";

/** Calls `send(fields)` once nothing in `missing` (sentences by field) is empty; `told(error)` may say
    of a refusal at which field it is meant, and how. */
export function onSubmit(form, { missing = {}, send, told = () => null }) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    const errors = Object.entries(missing).filter(([name]) => !form.elements[name].value.trim());
    if (errors.length) return showErrors(form, errors.map(([field, message]) => ({ field, message })));
    whileBusy(ref(form, "submit"), async () => {
      try {
        await send(form.elements);
      } catch (error) {
        const meant = told(error);
        showErrors(form, meant ? [meant] : errorsOf(error, messageOf(error)));
      }
    });
  });
}
