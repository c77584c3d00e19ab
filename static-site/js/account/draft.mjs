// The draft of a form, kept in this tab until it is sent, so that a reload empties nothing. Never a secret, and never
// a ticked box: consent is given on the page that is sent.

const isKept = ({ name, type, autocomplete }) => name && type !== "checkbox" && !autocomplete?.includes("password");

/** In-app browsers may refuse storage: then there is no draft. */
function storage(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null;
  }
}

export const dropDraft = (key) => storage((kept) => kept.removeItem(key));

function valuesIn(form) {
  const named = [...form.elements].filter(isKept).map(({ name }) => name);
  return Object.fromEntries(named.map((name) => [name, form.elements[name].value]));
}

/** Puts what was entered before into the form, and keeps what is entered from now on. */
export function keepDraft(form, key) {
  const draft = JSON.parse(storage((kept) => kept.getItem(key)) ?? "{}");
  for (const element of [...form.elements].filter(isKept)) {
    const value = draft[element.name];
    if (!value) continue;
    if (element.type === "radio") element.checked = element.value === value;
    else element.value = value;
  }
  form.addEventListener("input", () => storage((kept) => kept.setItem(key, JSON.stringify(valuesIn(form)))));
  form.dispatchEvent(new Event("input"));
}
