// C2SP signed notes: a text, a blank line, signature lines "— <name> <base64(key id || signature)>".
// The verifier key is "<name>+<key id in hex>+<base64(0x01 || 32-byte Ed25519 key)>".

export const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
export const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The signed text ends in its newline. Throws if it is no note. */
export function parseNote(note) {
  const split = note.lastIndexOf("\n\n");
  if (split < 0) throw new Error("no blank line before the signatures");
  const lines = note.slice(split + 2).split("\n").filter(Boolean);
  const signatures = lines.map((line) => {
    const [dash, name, encoded] = line.split(" ");
    if (dash !== "—" || !encoded) throw new Error("not a signature line");
    const bytes = bytesOf(encoded);
    return { name, keyId: hexOf(bytes.slice(0, 4)), signature: bytes.slice(4) };
  });
  return { text: note.slice(0, split + 1), signatures };
}

function parseKey(verifierKey) {
  // Base64 may hold "+" too, so only the first two split.
  const [, name, keyId, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(verifierKey);
  return { name, keyId, key: bytesOf(encoded).slice(1) };
}

/** "good", "bad", or "unknown" where this browser has no Ed25519. */
export async function checkNote(note, verifierKey) {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return "unknown";
  let parsed;
  let wanted;
  try {
    parsed = parseNote(note);
    wanted = parseKey(verifierKey);
  } catch {
    return "bad";
  }
  const found = parsed.signatures.find(({ name, keyId }) => name === wanted.name && keyId === wanted.keyId);
  if (!found) return "bad";
  let key;
  try {
    key = await subtle.importKey("raw", wanted.key, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return "unknown"; // the algorithm is missing in this browser
  }
  const holds = await subtle.verify({ name: "Ed25519" }, key, found.signature, new TextEncoder().encode(parsed.text));
  return holds ? "good" : "bad";
}
