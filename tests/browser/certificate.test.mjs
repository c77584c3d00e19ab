// What a phone shows that has scanned the code of a certificate: the golden round, on the stand-in server.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { launch, SMALLEST, view, visitor } from "./support/chromium.mjs";
import * as fixture from "./support/fixture.mjs";
import { json, standIn } from "./support/stand-in.mjs";

const [WINNER, SECOND] = ["4nobdd62igsimunl", "ppf3vl7gezj7rvyb"];
const RULES = [
  { name: "Giấy chứng nhận hoàn thành", min_percent: 80, rounds: 1 },
  { name: "Giấy chứng nhận chăm chỉ", min_percent: 80, rounds: 2 },
];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const shortHash = (round, person, name) =>
  createHash("sha256").update(`hoithi/certificate/1\nthi-thu\n${round}\n${person}\n${name}\n`).digest("hex").slice(0, 16);
const addressOf = (person, name, round = "vong-1") => `/verify.html?c=thi-thu&r=${round}&p=${person}&h=${shortHash(round, person, name)}`;

/** Opens `address` where the published files are the golden ones, and those of `other`, and checks what is said. */
async function scanned(address, check, other = {}) {
  const files = { ...fixture.sound, ...other };
  const contest = JSON.parse(files["thi-thu/contest.json"]);
  const file = (_usual, _tries, _body, path) => {
    const body = files[path.replace("/contests/", "")];
    return body === undefined ? json(403, {}) : { status: 200, body, headers: { "content-type": "text/plain" } };
  };
  const answer = { contest: () => json(200, { ...contest, certificates: RULES }), published: file, "over-contest": file };
  const server = await standIn({ now: "2026-03-09T02:00:00.000Z", answer });
  const { context, page, faults } = await visitor(browser, server.url, { viewport: SMALLEST });
  try {
    await page.goto(address);
    await view(page, "certificate").waitFor();
    await check(page, (text) => page.getByText(text).first().waitFor());
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
    await server.close();
  }
}

const kind = (page) => page.locator("[data-ref='certified']").getAttribute("data-kind");

test("a prize that the results have is named, with whom it went to", () => scanned(addressOf(WINNER, "Giải Nhất"), async (page, says) => {
  await says("Đúng: kết quả hiện nay có giải này, Giải Nhất.");
  await says("Họ và tên trong kết quả: Trần Thị Bình.");
  await says("Kết quả hiện nay là bản 1, tạm thời.");
  assert.equal(await kind(page), "good");
  await page.getByRole("link", { name: "Tự kiểm tra kết quả này" }).click();
  await page.getByRole("heading", { name: "Tự kiểm tra Vòng 1" }).waitFor();
}));

test("a prize that the results do not have any more is told so, with what they have instead", () => scanned(addressOf(SECOND, "Giải Nhất"), async (page, says) => {
  await says("Không đúng: kết quả hiện nay không có giải nào như trên giấy này");
  await says("Kết quả hiện nay của mã này: Giải Nhì.");
  assert.equal(await kind(page), "error");
}));

test("a newer version is told with its reason", () => {
  const index = "thi-thu/rounds/vong-1/index.json";
  const pointer = JSON.parse(fixture.sound[index]);
  const entry = { ...pointer.history[0], version: 2, reason: "Theo Quyết định số 8" };
  const newer = { ...pointer, version: 2, status: "official", history: [...pointer.history, entry] };
  return scanned(addressOf(WINNER, "Giải Nhất"), async (_page, says) => {
    await says("Kết quả hiện nay là bản 2, chính thức.");
    await says("Lý do của bản mới nhất: Theo Quyết định số 8.");
  }, { [index]: JSON.stringify(newer) });
});

test("a certificate of completion holds for whoever has enough right answers in the ranking", async () => {
  const [name, lines] = [RULES[0].name, fixture.sound["thi-thu/rounds/vong-1/v1/ranking.csv"].split("\n").slice(1, -1)];
  const score = (line) => Number(line.split(",")[3]);
  const person = (line) => line.split(",")[1];
  const [good, bad] = [lines.find((line) => score(line) === 100), lines.find((line) => score(line) < 80)];
  await scanned(addressOf(person(good), name), async (page, says) => {
    await says("người này đạt yêu cầu của Giấy chứng nhận hoàn thành");
    assert.equal(await kind(page), "good");
  });
  if (bad) await scanned(addressOf(person(bad), name), (_page, says) => says("người này không đạt yêu cầu"));
  await scanned(addressOf("aaaaaaaaaaaaaaaa", name), (_page, says) => says("người này không đạt yêu cầu"));
});

test("who is not listed, where only perfect people are ranked, is judged by the ledger and the key", async () => {
  const [version, name] = ["thi-thu/rounds/vong-1/v1/", RULES[0].name];
  const lines = fixture.sound[`${version}ranking.csv`].split("\n").slice(1, -1).map((line) => line.split(","));
  const [good, bad] = [(score) => score === 100, (score) => score < 80].map((is) => lines.find((cells) => is(Number(cells[3])))[1]);
  const unlisted = { [`${version}ranking.csv`]: `${fixture.sound[`${version}ranking.csv`].split("\n")[0]}\n` };
  await scanned(addressOf(good, name), async (page, says) => {
    await says("người này đạt yêu cầu của Giấy chứng nhận hoàn thành");
    assert.equal(await kind(page), "good");
  }, unlisted);
  await scanned(addressOf(bad, name), async (page, says) => {
    await says("người này không đạt yêu cầu của Giấy chứng nhận hoàn thành");
    assert.equal(await kind(page), "error");
  }, unlisted);
  // Every attempt of theirs was struck by a decision, or the key another.
  const struck = { round: "vong-1", decisions: [{ changes: [{ action: "disqualify", contestant: good, attempt: 1 }] }] };
  await scanned(addressOf(good, name), (_page, says) => says("người này không đạt yêu cầu"), { ...unlisted, [`${version}decisions.json`]: JSON.stringify(struck) });
  const key = JSON.parse(fixture.sound[`${version}key.json`]);
  const rekeyed = JSON.stringify({ ...key, rekeyed: Object.fromEntries(Object.keys(key.key).map((question) => [question, ["d"]])) });
  await scanned(addressOf(good, name), (_page, says) => says("người này không đạt yêu cầu"), { ...unlisted, [`${version}key.json`]: rekeyed });
  // Where the rules show no key nobody outside can tell.
  await scanned(addressOf(good, name), async (page, says) => {
    await says("đáp án không được công bố nên trang này không chấm lại được");
    assert.equal(await kind(page), "part");
  }, { ...unlisted, [`${version}key.json`]: undefined });
  await scanned(addressOf("aaaaaaaaaaaaaaaa", name), (_page, says) => says("người này không đạt yêu cầu"), { ...unlisted, [`${version}key.json`]: undefined });
});

test("results over the contest that are not there yet, and a code that is cut, are told", async () => {
  await scanned(addressOf(WINNER, "Giải Nhất", "overall"), (_page, says) => says("Kết quả chưa được công bố"));
  await scanned(addressOf(WINNER, RULES[1].name, "overall"), (_page, says) => says("không đạt yêu cầu của Giấy chứng nhận chăm chỉ"));
  await scanned(addressOf(WINNER, "Giải Nhất").slice(0, -3), (_page, says) => says("không đọc được trọn vẹn"));
});
