// What is wrong with a file, beside what was wrong with it before: which faults are gone and which are new. Pure.

/** What tells one fault from another over two tries. */
const keyOf = ({ kind, sheet, row, column, code }) => JSON.stringify([kind, sheet ?? null, row ?? null, column ?? null, code]);

/** The lines of a report, faults first. */
export const linesOf = (report) => [
  ...report.errors.map((line) => ({ ...line, kind: "error" })),
  ...report.warnings.map((line) => ({ ...line, kind: "warning" })),
];

/** Each line with `state`: new, left or gone; without an earlier report nothing is new. */
export function compared(before, lines) {
  if (!before) return lines.map((line) => ({ ...line, state: "left" }));
  const [earlier, now] = [new Set(before.map(keyOf)), new Set(lines.map(keyOf))];
  const gone = before.filter((line) => !now.has(keyOf(line))).map((line) => ({ ...line, state: "gone" }));
  return [...lines.map((line) => ({ ...line, state: earlier.has(keyOf(line)) ? "left" : "new" })), ...gone];
}

const FILTERS = {
  all: () => true,
  error: ({ kind, state }) => kind === "error" && state !== "gone",
  warning: ({ kind, state }) => kind === "warning" && state !== "gone",
  new: ({ state }) => state === "new",
  gone: ({ state }) => state === "gone",
};

export const filtered = (lines, filter) => lines.filter(FILTERS[filter]);

/** How many lines each filter leaves. */
export const counts = (lines) => Object.fromEntries(Object.keys(FILTERS).map((filter) => [filter, filtered(lines, filter).length]));

const noFormula = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** A table for Excel: semicolons, as it reads them in Vietnam, and no cell that it would take for a formula; or, with
    `written`, one that the importer reads as it is. */
export function csvOf(rows, written = noFormula) {
  const cell = (value) => `"${written(String(value ?? "")).replaceAll('"', '""')}"`;
  return `\uFEFF${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}
