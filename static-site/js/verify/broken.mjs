// What a verifier says when something published does not hold.

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
