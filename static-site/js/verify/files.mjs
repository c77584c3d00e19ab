// What every check reads and says: rows of a published CSV file, and the fault by which a file does not hold. The page
// of results reads the same files with results/table.mjs; a verifier shares no code with it.

/** In which file, why (a word of words/verify.mjs), and what exactly. */
export class Broken extends Error {
  constructor(file, why, detail = "") {
    super(`${file}: ${why} ${detail}`);
    Object.assign(this, { file, why, detail });
  }
}

export function holds(condition, file, why, detail) {
  if (!condition) throw new Broken(file, why, detail);
}

/** CSV rows by header. */
export function rowsOf(text) {
  const [header, ...rows] = cellsOf(text);
  return rows.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column]])));
}

/** RFC 4180 with LF, as docs/TRUST.md writes it. */
export function cellsOf(text) {
  const rows = [];
  let row = [""];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"' && quoted && text[at + 1] === '"') {
      row[row.length - 1] += '"';
      at += 1;
    } else if (character === '"') quoted = !quoted;
    else if (quoted) row[row.length - 1] += character;
    else if (character === ",") row.push("");
    else if (character === "\n") {
      rows.push(row);
      row = [""];
    } else row[row.length - 1] += character;
  }
  return rows;
}
