// The page on which a plan is written, on the stand-in server: what is shown, what is sent, what is never lost.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { launch, view } from "./support/chromium.mjs";
import { CONTEST, consoleRoutes, EDITED, OPEN, PLAN, withSession } from "./support/console.mjs";
import { json, LOST, problem } from "./support/stand-in.mjs";
import { visit } from "./support/visit.mjs";
import { differences, editsFor } from "../../static-site/js/organizer/plan-merge.mjs";

const NOW = "2021-12-11T04:25:00.000Z"; // far from where an hour changes
const DESK = { width: 1366, height: 768 };
const SMALL = { width: 360, height: 740 };
const STORED = { text: PLAN.toml, etag: '"v0"' };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** A visit of the page; `desk` is what the organizers' API has. */
const at = (desk, check, { answer = {}, viewport = DESK, address } = {}) =>
  visit(browser, { now: NOW, routes: consoleRoutes(desk), answer }, async (page, server) => {
    await withSession(page);
    await page.goto(address ?? (desk.file ? `/organizer/plan.html?c=${CONTEST}` : "/organizer/plan.html"));
    await page.locator("[data-view]:not([hidden]):not([data-view='loading'])").first().waitFor();
    await check(page, server);
  }, { viewport });

const stored = (more = {}) => ({ file: { ...STORED }, ...more });
const asked = (server, name) => server.state.asked.filter((request) => request.name === name);
const sent = (server) => JSON.parse(asked(server, "plan").at(-1).body);
const step = (page, title) => page.getByRole("navigation", { name: "Các bước" }).getByRole("button", { name: title }).click();
/** Waits for an answer to what was just entered. */
const answered = (page, server, act) => Promise.all([page.waitForResponse((response) => response.url().endsWith("/v1/organizer/plan")), act()]);

async function axeFinds(page) {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ["violations"], preload: false }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("every step, the text and the beginning: axe finds nothing, nothing goes sideways at 360 px", async () => {
  await at({}, async (page) => {
    assert.deepEqual(await axeFinds(page), []);
    await page.setViewportSize(SMALL);
    assert.equal(await sideways(page), 0);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/begin-360.png`, fullPage: true });
  });
  await at(stored({ edited: true }), async (page) => {
    const steps = page.getByRole("navigation", { name: "Các bước" }).getByRole("button");
    assert.equal(await steps.count(), 9);
    for (let place = 0; place < 9; place += 1) {
      for (const viewport of [DESK, SMALL]) {
        await page.setViewportSize(viewport);
        await steps.nth(place).click();
        assert.deepEqual(await axeFinds(page), [], `step ${place + 1} at ${viewport.width}`);
        assert.equal(await sideways(page), 0, `step ${place + 1} at ${viewport.width}`);
        if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/step-${place + 1}-${viewport.width}.png` });
      }
    }
  });
});

test("a time is typed as people write it; weekday and what is left stand beside it, in the contest's zone", () => at(stored(), async (page, server) => {
  await step(page, "2. Thời gian các vòng");
  const closes = page.getByLabel("Đóng", { exact: true }).first();
  assert.equal(await closes.inputValue(), "16h30 19/12/2021");
  await page.getByText("08h30 thứ Hai 13/12/2021, còn 1 ngày 21 giờ").first().waitFor();
  await answered(page, server, () => closes.fill("17h30 19/12/2021"));
  assert.deepEqual(sent(server).set, [{ path: ["rounds", 0, "closes"], value: "17h30 19/12/2021" }]);
  assert.equal(await closes.inputValue(), "17h30 19/12/2021", "it is not taken out of one's hands");
}));

test("typing is sent once after a pause, and the latest answer wins over a slow earlier one", () => {
  const hold = [];
  const answer = { plan: (usual, tries) => {
    const reply = usual();
    return tries === 2 ? new Promise((resolve) => { hold.push(() => resolve(reply)); }) : reply;
  } };
  return at(stored(), async (page, server) => {
    const name = page.getByLabel("Tên cuộc thi");
    await name.pressSequentially("abc");
    await page.waitForTimeout(700);
    assert.equal(asked(server, "plan").length, 2, "one request for three letters");
    await answered(page, server, () => name.fill("Tên mới"));
    await page.waitForTimeout(100);
    hold[0]();
    await page.waitForTimeout(300);
    assert.equal(await page.locator("#plan-text").inputValue().then((text) => text.includes("Tên mới")), true);
    assert.equal(await name.inputValue(), "Tên mới");
  }, { answer });
});

test("what decides money starts empty in an empty form, and defaults are shown", () => at({}, async (page) => {
  await page.getByLabel("Mã cuộc thi").fill("cuoc-thi-moi");
  await page.getByRole("button", { name: "Mở biểu mẫu trống" }).click();
  await view(page, "edit").waitFor();
  for (const title of ["5. Câu dự đoán", "6. Xếp hạng, đồng hạng"]) {
    await step(page, title);
    const groups = page.locator("fieldset[data-key]");
    assert.ok(await groups.count() >= 4);
    const checked = await groups.locator("input:checked").evaluateAll((inputs) => inputs.map(({ name }) => name));
    assert.deepEqual(checked.filter((name) => name !== "k-ranking-lot_beacon"), [], title);
  }
  await step(page, "3. Đăng ký");
  assert.equal(await page.getByLabel("Không được dự thi").isChecked(), true);
}));

test("rounds come and go by keyboard, and the focus goes along", () => at(stored(), async (page, server) => {
  await step(page, "2. Thời gian các vòng");
  await page.getByRole("button", { name: "Thêm vòng thi" }).focus();
  await answered(page, server, () => page.keyboard.press("Enter"));
  await page.getByRole("heading", { name: "Vòng thi 3" }).waitFor();
  await page.waitForFunction(() => document.activeElement.textContent.startsWith("Vòng thi 3"));
  assert.deepEqual(sent(server).set, [{ add: ["rounds"] }]);
  await page.getByRole("button", { name: "Bỏ vòng thi 3" }).focus();
  await answered(page, server, () => page.keyboard.press("Enter"));
  await page.waitForFunction(() => document.activeElement.textContent === "Thêm vòng thi");
  assert.deepEqual(sent(server).set, [{ remove: ["rounds", 2] }]);
}));

test("attempts of one round are folded away, and become its own table by keyboard", () => at(stored(), async (page, server) => {
  await step(page, "Thời gian các vòng");
  const minutes = page.locator("#k-rounds-1-attempt-minutes");
  assert.equal(await minutes.isVisible(), false);
  await page.locator("summary", { hasText: "Bài thi riêng của vòng này" }).nth(1).press("Enter");
  await answered(page, server, async () => {
    await minutes.press("2");
    await minutes.press("0");
  });
  assert.deepEqual(sent(server).set, [{ path: ["rounds", 1, "attempt", "minutes"], value: 20 }]);
}));

test("an error stands at its field and leads there from the list", () => at(stored({ edited: true }), async (page) => {
  const fault = EDITED.errors[0];
  assert.deepEqual(fault.path, ["prizes", 0, "amount"]);
  await page.getByRole("list", { name: "Phải sửa" }).getByRole("button").first().click();
  await page.waitForFunction(() => document.activeElement.id === "k-prizes-0-amount");
  assert.equal(await page.locator("#k-prizes-0-amount").getAttribute("aria-invalid"), "true");
  assert.equal(await page.locator("#k-prizes-0-amount-error").textContent(), "Chưa điền: Ban Tổ chức phải quyết định, chương trình không tự chọn thay.");
  await page.getByRole("button", { name: "7. Giải thưởng 1 lỗi" }).waitFor();
  await page.getByText("Giải cá nhân số 1: Tiền thưởng mỗi giải (đồng). Chưa điền:").waitFor();
  await page.getByText("Chưa cộng đủ").waitFor();
  assert.ok(await page.locator(".hc-article[data-changed]").count() > 0, "changed articles are marked");
}));

test("sums, moments and rules stand beside the form", () => at(stored(), async (page) => {
  assert.equal((await page.locator(".hc-total").textContent()).replaceAll(".", ""), `${PLAN.facts.prizes.total} đồng`);
  assert.equal(await page.locator(".hc-times li").count(), PLAN.facts.timeline.length);
  assert.equal(await page.locator(".hc-article").count(), PLAN.rules.length);
  await page.getByText("Không có lỗi.", { exact: true }).waitFor();
}));

test("a reload of the tab loses nothing, and saving sends the text with the version it was read in", () => at(stored(), async (page, server) => {
  await answered(page, server, () => page.getByLabel("Tên cuộc thi").fill("Tên mới"));
  await page.getByText("1 thay đổi chưa lưu.").waitFor();
  await page.reload();
  await page.getByText("Đã mở lại những gì đang viết dở ở thẻ này.").waitFor();
  assert.equal(await page.getByLabel("Tên cuộc thi").inputValue(), "Tên mới");
  await page.getByRole("button", { name: "Lưu kế hoạch" }).click();
  await page.getByText("Kế hoạch đã được nhận và có hiệu lực.").waitFor();
  assert.ok(asked(server, "save")[0].body.includes("Tên mới"));
  await page.getByText("Kế hoạch giống bản đang lưu.").waitFor();
  assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), ["hoithi.organizer.session"], "no draft is left");
}));

test("a lost connection keeps what was typed and says so", () => {
  let isLost = false; // a browser tries once more by itself
  const answer = { plan: (usual) => (isLost ? LOST : usual()) };
  return at(stored(), async (page, server) => {
    isLost = true;
    await page.getByLabel("Tên cuộc thi").fill("Tên mới");
    await page.getByText("Chưa gửi được để kiểm tra.").waitFor();
    isLost = false;
    assert.equal(await page.getByLabel("Tên cuộc thi").inputValue(), "Tên mới");
    await answered(page, server, () => page.getByLabel("Cơ quan tổ chức").fill("UBND"));
    assert.deepEqual(sent(server).set.map(({ value }) => value), ["Tên mới", "UBND"]);
  }, { answer });
});

test("an edit that cannot be made is told and not sent again", () => {
  const answer = { plan: (usual, tries) => (tries === 2 ? problem(422, "nothing_there", "Mục cần sửa không còn ở đó. Hãy tải lại kế hoạch.") : usual()) };
  return at(stored(), async (page, server) => {
    await page.getByLabel("Tên cuộc thi").fill("Tên mới");
    await page.getByText("Mục cần sửa không còn ở đó.").waitFor();
    await answered(page, server, () => page.getByLabel("Cơ quan tổ chức").fill("UBND"));
    assert.deepEqual(sent(server).set.map(({ value }) => value), ["UBND"]);
  }, { answer });
});

test("somebody else saved meanwhile: both versions by key, and either or a mixture is taken", () => {
  const desk = stored();
  return at(desk, async (page, server) => {
    await answered(page, server, () => page.getByLabel("Tên cuộc thi").fill("Tên của tôi"));
    await answered(page, server, () => page.getByLabel("Cơ quan tổ chức").fill("Cơ quan của tôi"));
    const theirs = `${PLAN.toml}# theirs\n`;
    desk.plans.set(theirs, { ...PLAN.plan, name: "Tên của họ" });
    desk.changes.set(theirs, [{ path: ["name"], label: '["name"]', before: PLAN.plan.name, after: "Tên của họ" }]);
    desk.file = { text: theirs, etag: '"v9"' };
    await page.getByRole("button", { name: "Lưu kế hoạch" }).click();
    await view(page, "merge").waitFor();
    assert.deepEqual(await axeFinds(page), []);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/merge.png`, fullPage: true });
    await page.getByRole("button", { name: "Ghép theo lựa chọn" }).click();
    await page.getByText("Hãy chọn bản của ai ở mọi dòng.").waitFor();
    await page.getByLabel("Bản đang lưu: Tên của họ").check();
    await page.getByRole("button", { name: "Ghép theo lựa chọn" }).click();
    await view(page, "edit").waitFor();
    await page.waitForFunction(() => document.querySelector("#k-organizer")?.value === "Cơ quan của tôi");
    assert.equal(await page.getByLabel("Tên cuộc thi").inputValue(), "Tên của họ");
    await page.getByRole("button", { name: "Lưu kế hoạch" }).click();
    await page.getByText("Kế hoạch đã được nhận và có hiệu lực.").waitFor();
    assert.ok(desk.file.text.startsWith(theirs), "theirs is what was changed");
  });
});

test("a contest begins with its id, which nobody else has", () => at({}, async (page, server) => {
  const start = page.getByRole("button", { name: "Mở biểu mẫu trống" });
  for (const [id, sentence] of [["", "Nhập mã cuộc thi"], ["Cuộc thi", "Mã cuộc thi chỉ gồm"], [CONTEST, "Đã có cuộc thi mang mã"]]) {
    await page.getByLabel("Mã cuộc thi").fill(id);
    await start.click();
    await page.locator("#contest-id-error").getByText(sentence).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "contest-id");
  }
  assert.equal(asked(server, "plan").length, 0);
  await page.getByLabel("Mã cuộc thi").fill("cuoc-thi-moi");
  await start.click();
  await view(page, "edit").waitFor();
  assert.equal(await page.locator("#k-id").inputValue(), "cuoc-thi-moi");
}));

test("a preset or an earlier contest begins a plan", async () => {
  const named = async (page) => page.getByLabel("Mã cuộc thi").fill("cuoc-thi-moi");
  await at({}, async (page, server) => {
    await named(page);
    await answered(page, server, () => page.getByRole("button", { name: "Bắt đầu từ mẫu “Thi hằng tuần, dự đoán số lượt thi”" }).click());
    assert.match(sent(server).toml, /target = "attempts"/);
  });
  await at({}, async (page, server) => {
    await named(page);
    await page.getByRole("button", { name: "Chép kế hoạch này" }).click();
    await page.getByRole("alert").getByText("Chưa có tệp này.").waitFor();
    assert.equal(asked(server, "file").length, 1);
  });
  await at(stored(), async (page, server) => {
    await named(page);
    await page.getByRole("button", { name: "Chép kế hoạch này" }).click();
    await view(page, "edit").waitFor();
    assert.equal(JSON.parse(asked(server, "plan")[0].body).blank, true);
    assert.equal(await page.locator("#k-id").inputValue(), "cuoc-thi-moi");
  }, { address: "/organizer/plan.html" });
});

test("once it is saved, a new contest has its own address and menu", () => {
  const desk = {};
  return at(desk, async (page) => {
    await page.getByLabel("Mã cuộc thi").fill("cuoc-thi-moi");
    await page.getByRole("button", { name: "Mở biểu mẫu trống" }).click();
    await view(page, "edit").waitFor();
    assert.equal(await page.getByRole("link", { name: "Ngân hàng câu hỏi" }).isVisible(), false);
    await page.getByRole("button", { name: "Lưu kế hoạch" }).click();
    await page.getByText("Kế hoạch đã được nhận và có hiệu lực.").waitFor();
    assert.match(page.url(), /plan\.html\?c=cuoc-thi-moi$/);
    assert.match(await page.getByRole("link", { name: "Ngân hàng câu hỏi" }).getAttribute("href"), /c=cuoc-thi-moi/);
    assert.match(await page.getByRole("link", { name: "Về Tổng quan cuộc thi" }).getAttribute("href"), /c=cuoc-thi-moi/);
  });
});

test("an end is moved later: the new one is shown before, and publishing never comes before it", () => {
  const desk = stored({ overview: OPEN });
  return at(desk, async (page, server) => {
    const part = page.getByRole("region", { name: "Gia hạn vòng đang mở" });
    await part.getByText("Tuần thứ Nhất đóng lúc 16h30, Chủ Nhật 19/12/2021, còn 2 ngày 4 giờ.").waitFor();
    await part.getByLabel("Thêm bao nhiêu phút").fill("0");
    await part.getByRole("button", { name: "Gia hạn" }).click();
    await part.getByText("Nhập số phút gia hạn, từ 1 đến 10080").waitFor();
    assert.equal(asked(server, "save").length, 0);
    await part.getByLabel("Thêm bao nhiêu phút").fill("1440");
    await part.getByText("Hạn mới: 16h30, Thứ Hai 20/12/2021. Giờ công bố lùi theo, đến 16h30, Thứ Hai 20/12/2021.").waitFor();
    await part.getByLabel("Lý do").fill("Mất điện");
    assert.deepEqual(await axeFinds(page), []);
    await part.getByRole("button", { name: "Gia hạn" }).click();
    await part.getByText("Đã gia hạn: Tuần thứ Nhất đóng lúc 16h30, Thứ Hai 20/12/2021.").waitFor();
    const { set } = asked(server, "plan").map(({ body }) => JSON.parse(body)).find(({ set: edits }) => edits?.length);
    assert.deepEqual(set, [{ path: ["rounds", "tuan-1", "closes"], value: "2021-12-20T16:30" }, { path: ["rounds", "tuan-1", "publishes"], value: "2021-12-20T16:30" }]);
    assert.equal(asked(server, "save").length, 1);
  });
});

test("after the first opening a plan becomes a proposal, with its reason", () => {
  const refuse = () => problem(403, "needs_proposal", "Vòng đầu đã mở: kế hoạch chỉ thay đổi khi có người thứ hai duyệt.");
  const proposed = ["POST", /\/proposals$/, "propose", () => json(201, { proposal: "abc" })];
  const desk = stored({ overview: OPEN });
  return visit(browser, { now: NOW, routes: [proposed, ...consoleRoutes(desk)], answer: { save: refuse } }, async (page, server) => {
    await withSession(page);
    await page.goto(`/organizer/plan.html?c=${CONTEST}`);
    await view(page, "edit").waitFor();
    await answered(page, server, () => page.getByLabel("Tên cuộc thi").fill("Tên mới"));
    await page.getByRole("button", { name: "Lưu kế hoạch" }).click();
    await page.waitForFunction(() => document.activeElement.textContent === "Đề nghị đổi kế hoạch");
    const form = page.getByRole("region", { name: "Đề nghị đổi kế hoạch" });
    await form.getByRole("button", { name: "Gửi đề nghị" }).click();
    await form.getByText("Nhập lý do").first().waitFor();
    await form.getByLabel("Lý do").fill("Sửa tên cho đúng quyết định");
    await form.getByRole("button", { name: "Gửi đề nghị" }).click();
    await page.getByText("Đã gửi đề nghị.").waitFor();
    const body = JSON.parse(asked(server, "propose")[0].body);
    assert.deepEqual([body.kind, body.reason, body.toml.includes("Tên mới")], ["plan", "Sửa tên cho đúng quyết định", true]);
  }, { viewport: DESK });
});

test("a session that ended or a form that does not come ends in a sentence", () => at({}, async (page) => {
  await view(page, "error").waitFor();
}, { answer: { "plan-form": () => json(503, {}) } }));

test("what was chosen becomes edits of their text", () => {
  const change = (path, before, after) => ({ path, label: path.join("."), before, after });
  const rows = differences(
    [change(["name"], "a", "mine"), change(["rounds", "t3"], null, { id: "t3", name: "Ba" }), change(["rounds", "t1"], { id: "t1" }, null), change(["attempt", "minutes"], 15, 20)],
    [change(["name"], "a", "theirs"), change(["organizer"], "o", "x"), change(["rounds", "t1", "name"], "Một", "1"), change(["attempt", "minutes"], 15, 20)],
  );
  assert.deepEqual(rows.map(({ path, chosen }) => [path.join("."), chosen]), [
    ["name", null], ["rounds.t3", "mine"], ["rounds.t1", "mine"], ["attempt.minutes", "mine"], ["organizer", "theirs"], ["rounds.t1.name", "theirs"],
  ]);
  rows[0].chosen = "mine";
  rows[4].chosen = "mine";
  assert.deepEqual(editsFor(rows), [
    { path: ["name"], value: "mine" }, { add: ["rounds"], value: { id: "t3", name: "Ba" } }, { path: ["organizer"], value: "o" }, { remove: ["rounds", "t1"] },
  ]);
});
