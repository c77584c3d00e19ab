// The organizers' API as its pages see it, without a server: answers that the tests of the crate `documents` keep true,
// and edits as far as a page can tell.

import { readFileSync } from "node:fs";
import { REPOSITORY } from "./pages.mjs";
import { json, problem } from "./stand-in.mjs";

const golden = (name) => JSON.parse(readFileSync(`${REPOSITORY}tests/golden/console/${name}`, "utf8"));
export const FORM = golden("plan-form.json");
export const PLAN = golden("plan.json");
export const EDITED = golden("plan-edited.json");
export const CONTEST = "song-cong-cchc-2021";

const copy = (value) => JSON.parse(JSON.stringify(value));

/** Carries out one edit on the keys of a plan. */
function apply(plan, edit) {
  const path = edit.path ?? edit.remove ?? edit.add;
  const place = (list, step) => (Array.isArray(list) && typeof step === "string" ? list.findIndex(({ id, tier }) => (id ?? tier) === step) : step);
  const [last, ...above] = [...[path].flat()].reverse();
  let table = plan;
  for (const step of above.reverse()) table = table[place(table, step)] ??= {};
  if (edit.add) (table[last] ??= []).push({ id: `moi-${table[last].length + 1}`, ...edit.value });
  else if (edit.remove && Array.isArray(table)) table.splice(place(table, last), 1);
  else if (edit.remove || edit.value === null || edit.value === undefined) delete table[place(table, last)];
  else table[place(table, last)] = edit.value;
}

/** `desk`: `file` ({text, etag} or null), `plans` (keys by text) and `edited` (whether the answer has faults). */
export function consoleRoutes(desk) {
  desk.plans ??= new Map([[PLAN.toml, PLAN.plan]]);
  desk.changes ??= new Map([[PLAN.toml, []]]);
  const answer = (body) => {
    const { toml, set = [], since, blank } = JSON.parse(body);
    const plan = copy(desk.plans.get(toml) ?? {});
    set.forEach((edit) => apply(plan, edit));
    const text = set.length ? `${toml}# ${JSON.stringify(set)}\n` : toml;
    const changes = [...(desk.changes.get(toml) ?? []), ...set.map((edit) => ({ path: edit.path ?? edit.remove ?? [edit.add].flat(), label: JSON.stringify(edit.path ?? edit.remove ?? edit.add), before: null, after: edit.value ?? null }))];
    desk.plans.set(text, plan);
    desk.changes.set(text, changes);
    const base = copy(desk.edited ? EDITED : PLAN);
    if (blank) delete plan.id;
    return json(200, { ...base, toml: text, plan, since: since === undefined ? undefined : { ...base.since, changes } });
  };
  const save = (body, request) => {
    const wanted = request.headers["if-match"] ?? null;
    if (wanted !== (desk.file?.etag ?? null)) return problem(409, "changed_meanwhile", "Có người vừa lưu tệp này.");
    desk.file = { text: body, etag: `"v${(desk.saves = (desk.saves ?? 0) + 1)}"` };
    return json(202, { version_id: `v${desk.saves}` }, { etag: desk.file.etag });
  };
  return [
    ["GET", /^\/v1\/organizer\/plan-form$/, "plan-form", () => json(200, FORM)],
    ["POST", /^\/v1\/organizer\/plan$/, "plan", (body) => answer(body)],
    ["GET", /^\/v1\/organizer\/contests$/, "contests", () => json(200, { contests: [{ id: CONTEST, name: "Cuộc thi Sông Công" }] })],
    ["GET", /^\/v1\/organizer\/contests\/[^/]+\/files\/contest\.toml$/, "file", () =>
      desk.file ? { status: 200, body: desk.file.text, headers: { "content-type": "application/toml", etag: desk.file.etag } } : problem(404, "no_such_file", "Chưa có tệp này.")],
    ["PUT", /^\/v1\/organizer\/contests\/[^/]+\/files\/contest\.toml$/, "save", (body, match, request) => save(body, request)],
    ["GET", /^\/v1\/organizer\/contests\/[^/]+\/files\/contest\.toml\/report$/, "report", () =>
      json(200, { schema: "hoithi/import/1", file: "contest.toml", version_id: `v${desk.saves}`, status: "accepted", rows: 1, errors: [], warnings: [] })],
  ];
}
