// The plan as it is being written: the text, the edits that no answer holds yet, and the file it came from. Kept in
// this tab. The server edits and judges; the latest answer wins, however late an earlier one comes.

import { call } from "./api.mjs";

const PAUSE_MS = 500;
const KEY = "hoithi.organizer.plan";

const storage = (act) => {
  try {
    return act(sessionStorage);
  } catch {
    return null; // a browser that refuses storage keeps no draft
  }
};

/** What this tab keeps of a contest's plan, or null. */
export function keptDraft(contest) {
  return JSON.parse(storage((kept) => kept.getItem(`${KEY}.${contest ?? ""}`)) ?? "null");
}

export const dropDraft = (contest) => storage((kept) => kept.removeItem(`${KEY}.${contest ?? ""}`));

/** Of the contest that `contestOf` names, which a new one gets when it is saved; `onAnswer(answer, isWhole)` after each
    answer, `onFailure(reply or null)` after none. */
export function planDraft(contestOf, { onAnswer, onFailure }) {
  const draft = { toml: "", base: null, etag: null, answer: null };
  let edits = [];
  let sent = 0;
  let timer = null;
  let isWhole = false;
  let flying = 0; // edits that are on their way: the answer takes out just these

  const keep = () => storage((kept) => kept.setItem(`${KEY}.${contestOf() ?? ""}`, JSON.stringify({ toml: draft.toml, base: draft.base, etag: draft.etag, edits })));

  async function send() {
    clearTimeout(timer);
    const number = ++sent;
    const among = edits.length;
    flying = among;
    const whole = isWhole;
    let reply = null;
    try {
      reply = await call("POST", "plan", { toml: draft.toml, set: edits, ...(draft.base === null ? {} : { since: draft.base }) });
    } catch {
      // the network: what was entered stays, and goes with the next one
    }
    if (number !== sent) return;
    flying = 0;
    if (reply?.status === 200) {
      edits = edits.slice(among);
      isWhole = false;
      draft.toml = reply.body.toml;
      draft.answer = reply.body;
      keep();
      onAnswer(draft.answer, whole);
      if (edits.length) later();
    } else {
      if (reply?.status === 422) edits = edits.slice(among); // it can never be made
      onFailure(reply);
    }
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE_MS);
  };

  return {
    state: draft,
    isChanged: () => edits.length > 0 || draft.toml !== draft.base,
    hasEdits: () => edits.length > 0,
    /** One edit of the form; the last one of a key stands for those before. */
    edit(edit) {
      const last = edits.at(-1);
      if (edits.length > flying && JSON.stringify(last?.path) === JSON.stringify(edit.path)) edits.pop();
      edits.push(edit);
      keep();
      later();
    },
    /** Edits after which other fields stand on the page: entries come and go. */
    change(changes) {
      edits.push(...changes);
      isWhole = true;
      keep();
      return send();
    },
    /** Another text. */
    write(toml, { soon = false } = {}) {
      edits = [];
      draft.toml = toml;
      isWhole = true;
      keep();
      return soon ? send() : later();
    },
    /** The stored file, from which changes are told. */
    from(base, etag) {
      draft.base = base;
      draft.etag = etag;
      keep();
    },
    resume(kept) {
      Object.assign(draft, { toml: kept.toml, base: kept.base, etag: kept.etag });
      edits = kept.edits ?? [];
      isWhole = true;
      return send();
    },
    send,
  };
}
