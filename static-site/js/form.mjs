// The GOV.UK error pattern: a summary on top that takes the focus and links to each field, the same
// words at the field, and "Lỗi: " before the title. What was entered stays.

import { newElement } from "./dom.mjs";
import { words } from "./words/shared.mjs";

const plainTitle = () => document.title.replace(words.errorPrefix, "");

function fieldOf(form, name) {
  return form.querySelector(`[data-field="${CSS.escape(name)}"]`);
}

export function clearErrors(form) {
  document.title = plainTitle();
  form.querySelector("[data-ref='summary']")?.setAttribute("hidden", "");
  for (const field of form.querySelectorAll("[data-error]")) {
    field.removeAttribute("data-error");
    for (const input of field.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    for (const text of field.querySelectorAll(".ht-error")) text.hidden = true;
  }
}

function markField(form, { field: name, message }) {
  const field = fieldOf(form, name);
  if (!field) return;
  field.setAttribute("data-error", "");
  const text = field.querySelector(".ht-error");
  text.textContent = message;
  text.hidden = false;
  for (const input of field.querySelectorAll(".ht-input, input[type='radio'], input[type='checkbox']")) {
    if (input.type !== "search") input.setAttribute("aria-invalid", "true");
  }
}

function summaryItem(form, { field: name, message }) {
  const target = document.getElementById(name);
  if (!target || !form.contains(target)) return newElement("li", { textContent: message });
  const item = newElement("li");
  const link = newElement("a", { href: `#${encodeURIComponent(name)}`, textContent: message });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    target.focus();
    (target.closest("[data-field]") ?? target).scrollIntoView({ block: "center" });
  });
  item.append(link);
  return item;
}

export function showErrors(form, errors) {
  clearErrors(form);
  for (const error of errors) markField(form, error);
  const summary = form.querySelector("[data-ref='summary']");
  const target = summary ?? fieldOf(form, errors[0].field)?.querySelector("input");
  summary?.querySelector("[data-ref='summary-list']").replaceChildren(...errors.map((error) => summaryItem(form, error)));
  summary?.removeAttribute("hidden");
  document.title = words.errorPrefix + plainTitle();
  target.focus();
}

export function errorsOf(problem, sentence) {
  return problem.fields?.length ? problem.fields : [{ field: "", message: sentence }];
}

/** Runs `work` with the button busy, so that a second press does nothing. */
export async function whileBusy(button, work) {
  if (button.getAttribute("aria-disabled") === "true") return;
  const label = button.textContent;
  button.setAttribute("aria-disabled", "true");
  button.textContent = words.sending;
  try {
    await work();
  } finally {
    button.removeAttribute("aria-disabled");
    button.textContent = label;
  }
}
