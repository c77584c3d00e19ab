// Filling the HTML that is already there. Data reaches the page as text only, never as markup.

/** Puts `values` into every [data-text] below `root`; null or undefined hides the element. */
export function fill(root, values) {
  for (const element of root.querySelectorAll("[data-text]")) {
    if (!(element.dataset.text in values)) continue;
    const value = values[element.dataset.text];
    element.hidden = value === null || value === undefined || value === "";
    element.textContent = element.hidden ? "" : value;
  }
  return root;
}

/** A filled copy of the first element inside a <template>. */
export function copyOf(template, values = {}) {
  return fill(template.content.cloneNode(true).firstElementChild, values);
}

export const ref = (root, name) => root.querySelector(`[data-ref="${name}"]`);

/** Shows the [data-view] children named, hides the other views of the same root. */
export function showView(root, ...names) {
  for (const view of root.querySelectorAll("[data-view]")) view.hidden = !names.includes(view.dataset.view);
}

/** Moves the reader to an element that is not focusable by itself. */
export function focusOn(element) {
  element.tabIndex = -1;
  element.focus();
}

/** A polite announcement for screen readers; the region stands in the HTML. */
export function announce(text) {
  const region = document.querySelector("[data-ref='announcer']");
  if (region) region.textContent = text;
}

export function setTitle(text) {
  document.title = text;
}

const ID = /^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$/;

/** A contest or round id from the page's address, or null: nothing else may become part of a path. */
export function idFromAddress(name) {
  const value = new URLSearchParams(location.search).get(name);
  return value !== null && ID.test(value) ? value : null;
}

/** An address on this site with its query; every link built from data comes from here. */
export function pageLink(page, query) {
  const filled = Object.entries(query).filter(([, value]) => value);
  return `/${page}?${new URLSearchParams(filled)}`;
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // old browsers and in-app browsers: the caller says how to copy by hand
  }
}

export function saveText(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
