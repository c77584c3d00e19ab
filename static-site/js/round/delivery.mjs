// Handing in over a bad network: the same bytes with full-jitter back-off until the deadline, then the
// status route. Ends only with a receipt or the server's refusal.

import { now } from "../server.mjs";

const LONGEST_STEP = 3; // 1, 2, 4, 8 s

/** The server's final word that no sheet of this attempt was taken. */
export class NotAccepted extends Error {}

function waitOf(tries, error) {
  const asked = (error.retryAfterSeconds ?? 0) * 1000;
  return asked + Math.random() * 1000 * 2 ** Math.min(tries, LONGEST_STEP);
}

/** Ends early when the network returns or the reader asks. */
function pause(milliseconds, hurry) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      hurry.removeEventListener("click", done);
      resolve();
    }
    addEventListener("online", done);
    hurry.addEventListener("click", done);
  });
}

async function askOnce(ask, refusal) {
  const answer = await ask();
  if (answer.receipt) return answer;
  throw new NotAccepted(refusal);
}

/** A refusal for time may follow a try that landed unanswered, so the status route is asked. */
async function tryOnce({ send, ask, deadline, refusal }) {
  if (now() >= deadline) {
    const answer = await ask();
    if (answer.receipt) return answer;
  }
  try {
    return await send();
  } catch (error) {
    if (error.receipt) return { receipt: error.receipt, different: true };
    if (error.status !== 403) throw error;
    return await askOnce(ask, error.message || refusal);
  }
}

/** The accepted answer; `different` if another sheet was taken before. Throws NotAccepted, or a lasting Problem. */
export async function deliver({ send, ask, deadline, refusal, report, hurry }) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await tryOnce({ send, ask, deadline, refusal });
    } catch (error) {
      if (!error.isTemporary) throw error;
      const wait = waitOf(tries, error);
      report({ tries: tries + 1, seconds: Math.ceil(wait / 1000), error, late: now() >= deadline });
      await pause(wait, hurry);
    }
  }
}
