// A receipt as people paste it. Chats drop line ends, double them, or add blanks; no part of a receipt holds a
// blank, so the parts themselves say where the lines ended.

const KIND = "hoithi/receipt/1";
const BLANKS = /[\s\u200b-\u200d\u2060]+/g;
const SIGNATURE = "[—–-]{1,2} ?(\\S+) ([A-Za-z0-9+/]{91}=)"; // 4 + 64 bytes
const TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
const WHOLE = new RegExp(`^ ?(\\S.*?) ?(${TIME}) ?([0-9a-f]{64}) ?${SIGNATURE}`);
const GLUED = (digits) => new RegExp(`^([a-z0-9-]*[a-z0-9])([a-z2-7]{16})([1-9]\\d{${digits - 1}})$`);

/** Contest, round, pseudonym and attempt: one reading where blanks part them, else every one that may be meant. */
function placesIn(text, name) {
  const words = text.split(" ");
  if (words.length !== 1) return words.length === 4 ? [words] : [];
  const contest = name.split("/").at(-1); // the key's name ends in it
  if (!text.startsWith(contest)) return [];
  return [1, 2, 3, 4].flatMap((digits) => {
    const found = GLUED(digits).exec(text.slice(contest.length));
    return found ? [[contest, ...found.slice(1)]] : [];
  });
}

/** { notes }: as the server wrote it, one note for each reading; or { fault }: "cut" if something is missing, else "notOne". */
export function restoreReceipt(pasted) {
  const text = pasted.replace(BLANKS, " ");
  const start = text.indexOf(KIND);
  if (start < 0) return { fault: new RegExp(SIGNATURE).test(text) ? "cut" : "notOne" };
  const [, place, time, commitment, name, signature] = WHOLE.exec(text.slice(start + KIND.length)) ?? [];
  const notes = (place ? placesIn(place, name) : []).map((lines) => `${[KIND, ...lines, time, commitment].join("\n")}\n\n— ${name} ${signature}\n`);
  return notes.length > 0 ? { notes } : { fault: "cut" };
}
