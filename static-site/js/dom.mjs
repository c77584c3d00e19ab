// Filling the HTML that is there, showing the right view, saying what failed. Data becomes text only, never markup.

import { words } from "./words/shared.mjs";

/** Puts `values` into each [data-text]; an absent value hides the element. */
export function fill(root, values) {
  for (const element of root.querySelectorAll("[data-text]")) {
    if (!(element.dataset.text in values)) continue;
    const value = values[element.dataset.text];
    element.hidden = value === null || value === undefined || value === "";
    element.textContent = element.hidden ? "" : value;
  }
  return root;
}

/** Properties only, so that data becomes no attribute and no markup. */
export const newElement = (tag, properties) => Object.assign(document.createElement(tag), properties);

export function copyOf(template, values = {}) {
  return fill(template.content.cloneNode(true).firstElementChild, values);
}

export const ref = (root, name) => root.querySelector(`[data-ref="${name}"]`);

export function showView(root, ...names) {
  for (const view of root.querySelectorAll("[data-view]")) view.hidden = !names.includes(view.dataset.view);
}

export function focusOn(element) {
  element.tabIndex = -1;
  element.focus();
}

export function announce(text) {
  const region = document.querySelector("[data-ref='announcer']");
  if (region) region.textContent = text;
}

export const ID = /^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$/;

/** A contest or round id, or null: nothing else may become part of a path. */
export function idFromAddress(name) {
  const value = new URLSearchParams(location.search).get(name);
  return value !== null && ID.test(value) ? value : null;
}

/** Every link built from data comes from here. */
export function pageLink(page, query) {
  const filled = Object.entries(query).filter(([, value]) => value);
  return `/${page}?${new URLSearchParams(filled)}`;
}

export const saveText = (name, text) => saveFile(name, new Blob([text], { type: "text/plain;charset=utf-8" }));

export function saveFile(name, blob) {
  const link = newElement("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The error boundary of a part of a page: where `work` fails, `element` keeps its headings and says what to do, and
    the rest of the page goes on. Returns what `work` returns, or undefined. */
export async function part(element, work) {
  delete element.dataset.failed;
  element.querySelector(":scope > .ht-failed")?.remove();
  try {
    return await work();
  } catch (error) {
    const sentence = messageOf(error);
    const textContent = words.problem.part(error.isTemporary || error.code ? sentence : words.problem.reload);
    const note = newElement("p", { className: "ht-note ht-failed", textContent });
    note.dataset.kind = "error";
    note.setAttribute("role", "alert");
    element.dataset.failed = ""; // hides the rest of it
    element.append(note);
  }
}

/** Runs `work` under the loading view; a failure, without which there is nothing to show, ends in the error view. */
export async function load(root, work) {
  ref(root, "reload").addEventListener("click", () => location.reload());
  showView(root, "loading");
  try {
    await work();
  } catch (error) {
    showError(root, messageOf(error));
  }
}

export function showError(root, sentence) {
  ref(root, "error-text").textContent = sentence;
  showView(root, "error");
}

export function messageOf(error) {
  if (error.isTemporary === undefined) {
    console.error(error); // a fault of this page: leave a trace
    return words.problem.server;
  }
  return error.message;
}

export function missing(root) {
  ref(root, "reload").hidden = true;
  showError(root, words.problem.missing);
}
