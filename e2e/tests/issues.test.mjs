// Many matters with one cause, and calls that are checked, in a browser: a hot topic with the rows
// that make it becomes a common issue, its special report is signed off by another person; a drawn
// call is scored and answered by the officer who took it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { openOffice } from "../lib/desk.mjs";

const office = openOffice();

describe("a hot topic", () => {
  it("shows its rows and how it was found, and becomes a common issue", async () => {
    const page = await office.at("supervisor", "/hot-topics");
    await check.sound(page);
    await page.getByRole("link", { name: /丙县/ }).first().click();
    await page.getByText("本时段").first().waitFor();
    await check.sound(page);
    assert.match(await page.locator("main").innerText(), /按现有事项重算\s*一致/);
    await page.getByRole("link", { name: "列为共性问题" }).click();
    await check.sound(page);
    assert.ok((await page.locator("input[name=matter]:checked").count()) >= 5, "its rows come along");
    await page.fill("#title", "丙县工业园频繁停电");
    await page.selectOption("select[name=unit]", "bing-platform", { force: true });
    await page.fill("#grounds", "两天内集中在同一条线路。");
    await page.getByRole("button", { name: "建立", exact: true }).click();
    await page.getByText("已建立共性问题").waitFor();
    await check.sound(page);
    await page.getByRole("link", { name: "起草专报" }).click();
    await page.fill("#measure", "由供电公司一周内完成线路检修，停电提前一天告知。");
    await check.sound(page);
    await page.getByRole("button", { name: "生成" }).click();
    await page.locator(".sheet").waitFor();
    await check.sound(page);
    const path = new URL(page.url()).pathname;
    assert.equal(await page.getByRole("button", { name: "签发" }).count(), 0, "not one's own");
    const head = await office.at("shift_head", path);
    await head.getByRole("button", { name: "签发" }).click();
    await head.getByText("专报已签发").waitFor();
    const clerk = await office.at("clerk", path);
    await clerk.getByRole("button", { name: "转为要情" }).click();
    assert.equal(await clerk.inputValue("#title"), "丙县工业园频繁停电");
    assert.match(await clerk.inputValue("#text"), /一周内完成线路检修/);
  });
});

describe("a common issue", () => {
  it("fits a phone", async () => {
    const page = await office.signIn("leader", { width: 390 });
    await page.goto(`${office.url}/common-issues`);
    await check.sound(page);
    await page.locator("tbody a").first().click();
    await check.sound(page);
    await check.fitsTheWidth(page);
  });
});

describe("a call", () => {
  it("is drawn, scored and answered by its officer", async () => {
    const page = await office.at("quality", "/desk/call-checks");
    await check.sound(page);
    await page.locator("tbody a").first().click();
    await check.sound(page);
    assert.match(await page.locator("main").innerText(), /按现有记录重抽\s*一致/);
    await page.getByRole("link", { name: "评分", exact: true }).first().click();
    await check.sound(page);
    for (const [item, points] of Object.entries({ opening: 10, listening: 18, recording: 24, answering: 20, manner: 10, closing: 6 })) {
      await page.fill(`#points-${item}`, String(points));
    }
    await page.fill("#words", "没有告知查询方式。");
    const path = new URL(page.url()).pathname;
    await page.getByRole("button", { name: "提交评分" }).click();
    await page.getByText("已评分，已通知受理员").waitFor();
    const figures = await office.at("quality", "/desk/call-checks/figures");
    await check.sound(figures);
    const officer = await office.at("intake", path);
    await check.sound(officer);
    await officer.fill("#words", "录音最后已告知。");
    await officer.getByRole("button", { name: "申诉", exact: true }).click();
    await officer.getByText("已提交申诉").waitFor();
  });
});

describe("the knowledge base", () => {
  it("is searched and quoted by keys on the form of a direct answer", async () => {
    const page = await office.at("shift_head", "/desk?tab=dispatch");
    const links = await page.locator("tbody a[href^='/matters/']").evaluateAll((all) => all.map((a) => a.pathname));
    // Of what waits, tasks of the office are none that could be answered.
    for (const path of links) {
      await page.goto(`${office.url}${path}/direct-answer`);
      if (await page.locator("#verb-form").count()) break;
    }
    await check.sound(page);
    await page.fill("#text", "您好。");
    await page.keyboard.press("Alt+k");
    await page.keyboard.type("贷款贴息");
    await page.keyboard.press("Enter");
    const item = page.locator("[data-known-items] button[data-item]").first();
    await item.waitFor();
    await page.keyboard.press("Alt+i");
    assert.match(await page.inputValue("#text"), /^您好。\n.{10,}/s, "behind what was typed, without leaving the page");
    assert.match(await page.locator("input[name=quoted]").inputValue(), /^[0-9a-f-]{36}:\d+$/);
    await check.sound(page);
  });
});
