// Two hundred texts that a careless page would run, follow or fall over: payloads of every kind, each by
// itself and breaking out of every place in which a page might have put it.

const RUN = "pwned()";

const PAYLOADS = [
  `<script>${RUN}</script>`,
  `<script src=/pwned.js></script>`,
  `<img src=x onerror=${RUN}>`,
  `<svg onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<iframe src="javascript:parent.${RUN}"></iframe>`,
  `<a href="javascript:${RUN}" autofocus onfocus=${RUN}>x</a>`,
  `<style>@import '/pwned.css';body{display:none}</style>`,
  `<link rel=stylesheet href=/pwned.css>`,
  `<meta http-equiv=refresh content="0;url=/pwned">`,
  `<base href=//pwned.example/>`,
  `<form action=/pwned><input name=secret autofocus onfocus=${RUN}></form>`,
  `<object data=/pwned></object><embed src=/pwned>`,
  `<details open ontoggle=${RUN}>`,
  `<template><img src=x onerror=${RUN}></template>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${RUN}>`,
  `<video><source onerror=${RUN}></video>`,
  `javascript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  "{{constructor.constructor('pwned()')()}}",
  "${pwned()}",
  "__proto__",
  "constructor",
  "=HYPERLINK(\"http://pwned.example\")",
];

/** Ways out of the places in which a text may stand. */
const BREAKOUTS = [
  (text) => text,
  (text) => `">${text}`,
  (text) => `'>${text}`,
  (text) => `</option></select>${text}`,
  (text) => `</script>${text}`,
  (text) => `--></title></textarea>${text}`,
  (text) => `\u202e${text}\u202c \u200b\ufeff`,
  (text) => `Phường ${text} & &lt;b&gt; \\u003cb\\u003e %3Cb%3E`,
];

export const HOSTILE = BREAKOUTS.flatMap((out) => PAYLOADS.map(out));

const TEXTS = new Set(["name", "organizer", "text", "heading", "prompt", "prize", "full_name", "unit_name", "detail", "reason"]);
const LISTS = new Set(["paragraphs", "reading_list"]);

/** The value with every text for people replaced by the next of `texts`. */
export function poisoned(value, texts) {
  const next = () => texts.next().value;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, texts));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => {
    if (TEXTS.has(key) && typeof own === "string") return [key, next()];
    if (LISTS.has(key)) return [key, own.map(next)];
    return [key, poisoned(own, texts)];
  }));
}

/** The texts again and again. */
export function* round(texts) {
  for (;;) yield* texts;
}
