// Contestants of a running program who never see a page: what their pages would send.

import assert from "node:assert/strict";

export const CONTESTANT_SECRET = "mật khẩu dài của thí sinh";

/** `program` is one of `ownProgram`. */
export function contestantsOf(program, contest) {
  async function send(method, path, body, session) {
    const headers = { "content-type": "application/json", ...(session ? { authorization: `Bearer ${session}` } : {}) };
    const answer = await fetch(`${program.url}/v1/contests/${contest}/${path}`, { method, headers, body: body && JSON.stringify(body) });
    return { status: answer.status, body: await answer.json() };
  }
  const sent = async (status, ...request) => {
    const answer = await send(...request);
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    return answer.body;
  };

  return {
    /** `person`: `number`, `name`, `unit`; returns them with their code and session. */
    async register({ number, name, unit }) {
      const described = await (await fetch(`${program.url}/contests/${contest}/contest.json`, { cache: "no-store" })).json();
      const citizenId = `0190900${String(number).padStart(5, "0")}`;
      const form = { full_name: name, birth_date: "1990-05-17", citizen_id: citizenId, phone: `09120${String(number).padStart(5, "0")}`, unit, secret: CONTESTANT_SECRET, consent: { accepted: true, text_sha256: described.consent.text_sha256 } };
      const { contestant, session } = await sent(201, "POST", "contestants", form);
      return { name, unit, citizenId, code: contestant, session };
    },
    /** Answers so many questions right and hands in. `rightOf(question)` is a letter of the bank. */
    async play(person, round, { right, rightOf, prediction }) {
      const { attempt, paper } = await sent(201, "POST", `rounds/${round}/attempts`, undefined, person.session);
      const answers = Object.fromEntries(paper.questions.map(({ id, options }, at) => {
        const letter = rightOf(id);
        return [id, [at < right ? letter : options.map((option) => option.id).find((other) => other !== letter)]];
      }));
      const { status } = await sent(200, "PUT", `rounds/${round}/attempts/${attempt}`, { answers, prediction }, person.session);
      assert.equal(status, "accepted");
    },
    signIn: (identifier, secret) => send("POST", "sessions", { identifier, secret }),
  };
}
