// Evaluation: an answer that says nothing goes out with a reason only; a bad rating is claimed
// against and judged; what was drawn is checked again; what is out of the ordinary is marked; a
// report of pressure is settled past its unit.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { done, fill, leading, nodes, openOffice, send, words } from "../lib/desk.mjs";

const EMPTY = "您反映的情况已收悉，我局高度重视，正在处理，请耐心等待。";
const WHY = "勘查单位下周进场，先向诉求人说明已受理。";
const office = openOffice();

describe("an answer that says nothing", () => {
  let matter, node;

  before(async () => {
    matter = await office.register("intake", {
      title: "机修车间门口路灯全灭", text: "夜班工人看不见路，请尽快修好路灯。", phone: "13800009933", name: "周师傅",
    });
    await office.step("intake", `${matter.path}/acceptance`, { demands: "修好路灯", category: { index: 3 }, urgency: "general" });
    const page = await office.assign("dispatcher", `${matter.path}/assignments`, "ld-zj");
    node = matter.path + (await nodes(page)).at(-1);
    await office.click("liaison.ld-zj", matter.path, `${node}/signature`);
  });

  it("is met by hints beside the field, on a phone too, and nothing typed is lost", async () => {
    const page = await office.signIn("liaison.ld-zj", { width: 390 });
    await page.goto(`${office.url}${node}/response`);
    await fill(page, { "outcome-1": "solved", text: EMPTY, contact_text: "已电话联系。" });
    await send(page);
    const beside = await words(page, "#text-error");
    for (const hint of ["已收悉", "没有写明日期", "没有回应第 1 项诉求"]) assert.ok(beside.includes(hint), `${hint}: ${beside}`);
    assert.equal(await page.locator("#text").inputValue(), EMPTY);
    await check.sound(page);
    await fill(page, { override_reason: WHY });
    await send(page);
    assert.notEqual(new URL(page.url()).pathname, `${node}/response`, await words(page));
  });

  it("is read with its reason by who signs off and by the quality checker", async () => {
    const head = await office.form("head.ld-zj", `${node}/sign-off`);
    assert.ok((await words(head)).includes(WHY));
    const list = await office.at("quality", "/desk/evaluation/answers");
    assert.ok((await words(list)).includes(WHY));
    await check.sound(list);
  });
});

describe("what was drawn", () => {
  it("says how it was drawn, and that drawing it anew gives the same", async () => {
    const page = await office.form("quality", "/desk/evaluation/draws/new");
    await check.sound(page);
    await fill(page, { of: "both", size: "number", amount: "3" });
    await send(page);
    await done(page, /已抽取/);
    assert.match(await words(page), /结果一致/);
    await check.sound(page);
  });

  it("is checked again from the queue", async () => {
    const queue = await office.at("quality", "/desk/evaluation/checks");
    await check.sound(queue);
    await leading(queue, queue.locator("tbody a.row-title").first().click());
    await check.sound(queue);
    await fill(queue, { called: "yes", true: "yes", complete: "no", text: "电话核实，第二项没有答复。" });
    await send(queue);
    await done(queue, /复核结论已记录/);
    assert.match(await words(queue), /答复不完整/);
  });
});

it("a claim against a rating waits on the decision desk for whoever has not judged it yet", async () => {
  const desk = await office.at("supervisor", "/desk/decisions?kind=exclusion");
  await check.sound(desk);
  const claims = desk.locator("tbody a.row-title");
  assert.equal(await claims.count(), 1);
  await leading(desk, claims.first().click());
  await check.sound(desk);
  assert.match(await words(desk), /情况说明\.docx/);
  await fill(desk, { grant: "yes", reason: "材料能够说明。" });
  await send(desk);
  await done(desk, /评议意见已记录/);
  assert.match(await words(desk), /申诉成立，剔除/);
  assert.match(await words(desk), /不满意/, "the rating stays");
});

it("what is out of the ordinary is marked as looked at, with words", async () => {
  const page = await office.at("quality", "/desk/evaluation/anomalies");
  await check.sound(page);
  const open = page.locator("section.panel", { hasText: "未核看" }).first();
  assert.match(await open.innerText(), /虚构/, "units of made-up counties alone");
  await open.locator("textarea").fill("已电话核实，评价属实。");
  await leading(page, open.locator("[type=submit]").click());
  await done(page, /已标记/);
  assert.ok((await words(page)).includes("已电话核实，评价属实。"));
});

it("a report of pressure waits with its light for who settles it", async () => {
  const page = await office.at("supervisor", "/desk/pressure");
  await check.sound(page);
  assert.ok((await page.locator(".light").count()) >= 1);
  await leading(page, page.locator("main a.btn-primary").first().click());
  await fill(page, { text: "已约谈该单位负责人，今后由督办员直接联系您。" });
  await send(page);
  await done(page, /./);
});
