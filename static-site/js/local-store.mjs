// What this browser keeps. In-app browsers may refuse storage; then memory serves, and the page says so.

const memory = new Map();
let lasting = probe();

function probe() {
  try {
    localStorage.setItem("hoithi.probe", "1");
    localStorage.removeItem("hoithi.probe");
    return true;
  } catch {
    return false;
  }
}

export const isLasting = () => lasting;

export function read(key) {
  try {
    const text = memory.get(key) ?? (lasting ? localStorage.getItem(key) : null);
    return text ? JSON.parse(text) : null;
  } catch {
    return null; // unreadable is the same as absent: the server has the truth
  }
}

export function write(key, value) {
  const text = JSON.stringify(value);
  memory.set(key, text);
  try {
    localStorage.setItem(key, text);
    memory.delete(key);
  } catch {
    lasting = false; // full or forbidden: memory still has it
  }
}

export function remove(key) {
  memory.delete(key);
  if (lasting) localStorage.removeItem(key);
}

export function keys(prefix) {
  const stored = lasting ? Object.keys(localStorage) : [];
  return [...new Set([...memory.keys(), ...stored])].filter((key) => key.startsWith(prefix));
}

const sessionKey = (contest) => `hoithi.session.${contest}`;

export const session = (contest) => read(sessionKey(contest));

const watchers = [];

/** Calls back whenever somebody has signed in or out: what the page offers changes then. */
export const onSession = (watcher) => watchers.push(watcher);
const tell = () => watchers.forEach((watcher) => watcher());

export function signedIn(contest, session) {
  write(sessionKey(contest), session);
  tell();
}

export function signedOut(contest) {
  remove(sessionKey(contest));
  tell();
}
