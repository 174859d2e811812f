// What an office raises by itself, in a browser: a leader's instruction is recorded and comes back
// as one page, a sheet is read by its link until that is taken back, a measure of accountability
// is proposed by one person and decided by another.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { leading, openOffice } from "../lib/desk.mjs";

const office = openOffice();

describe("tasks", () => {
  it("are raised from the desk and stand in the list with their number and limit", async () => {
    const page = await office.at("supervisor", "/desk?tab=all");
    await page.getByRole("link", { name: "立项交办" }).click();
    await page.waitForURL("**/tasks/new");
    await check.sound(page);
    await page.fill("#title", "园区充电桩摸底");
    await page.getByRole("button", { name: "立项", exact: true }).click();
    await page.locator(".error-summary").waitFor();
    assert.equal(await page.inputValue("#title"), "园区充电桩摸底", "what was typed is there");
    await page.fill("#text", "摸清全市园区充电桩数量和缺口，列表报送。");
    await page.selectOption("select[name=unit-1]", "ld-zj", { force: true });
    await page.getByRole("button", { name: "立项", exact: true }).click();
    await page.getByText("已立项").waitFor();
    await check.sound(page);
    const number = await page.locator(".headline-number").innerText();
    assert.match(number, /^RW\d{8}$/);
    const list = await office.at("supervisor", "/desk?tab=all&kind=task");
    assert.match(await list.locator("main").innerText(), new RegExp(number));
    const unit = await office.at("liaison.ld-zj", new URL(page.url()).pathname);
    assert.doesNotMatch(await unit.locator("main").innerText(), /诉求人/, "there is no appellant");
  });
});

describe("leaders' instructions", () => {
  it("are recorded by a clerk and lie with the unit at once", async () => {
    const page = await office.at("clerk", "/instructions/new");
    await check.sound(page);
    await page.fill("#post", "市政府分管副市长");
    await page.fill("#title", "园区污水管网检修");
    await page.fill("#text", "请住建局十天内完成检修，情况报我。");
    await page.selectOption("select[name=unit-1]", "ld-zj", { force: true });
    await page.getByRole("button", { name: "登记", exact: true }).click();
    await page.getByText("批示已登记").waitFor();
    assert.match(await page.locator("main").innerText(), /批示件[\s\S]*市政府分管副市长/);
    await check.sound(page);
    const unit = await office.at("liaison.ld-zj", new URL(page.url()).pathname);
    const seen = await unit.locator("main").innerText();
    assert.match(seen, /事项内容/);
    assert.doesNotMatch(seen, /诉求人/, "there is no appellant");
  });

  it("are spoken into the page", async () => {
    const page = await office.at("clerk", "/instructions/new");
    await page.getByRole("button", { name: "录音", exact: true }).click();
    await page.getByText("正在录音").waitFor();
    await page.getByRole("button", { name: "结束录音" }).click();
    await page.getByText("已加入原件").waitFor();
    await page.locator("audio[src^='blob:']").waitFor();
    await check.sound(page);
    await page.fill("#post", "市政府分管副市长");
    await page.check("input[name=medium][value=spoken]");
    await page.fill("#title", "园区道路积水");
    await page.fill("#text", "请住建局三天内排除积水点。");
    await page.selectOption("select[name=unit-1]", "ld-zj", { force: true });
    await page.getByRole("button", { name: "登记", exact: true }).click();
    await page.getByText("批示已登记").waitFor();
    const file = page.getByRole("link", { name: /批示录音-1\.webm/ }).first();
    const kept = await page.request.get(new URL(await file.getAttribute("href"), page.url()).href);
    assert.equal((await kept.body()).subarray(0, 4).toString("hex"), "1a45dfa3", "it comes back as it was recorded");
    const other = await page.request.get(`${office.url}/instructions`);
    assert.match(other.headers()["permissions-policy"], /microphone=\(\)/, "no other page may listen");
  });

  it("come back as one page", async () => {
    const page = await office.at("clerk", "/instructions");
    await check.sound(page);
    await leading(page, page.getByRole("link", { name: "查看反馈单" }).first().click());
    await check.sound(page);
  });

  it("are asked for on a sheet, which a link shows until it is taken back", async () => {
    const page = await office.at("clerk", "/briefs");
    await check.sound(page);
    await page.locator("tbody a[href^='/briefs/']").first().click();
    await page.getByRole("button", { name: "生成链接" }).click();
    const link = new URL(await page.locator("[data-copy]").first().getAttribute("data-copy"));
    const leader = await office.stranger({ width: 390 });
    await leader.goto(office.url + link.pathname);
    await leader.locator(".sheet").waitFor();
    await check.fitsTheWidth(leader);
    await page.getByRole("button", { name: "收回链接" }).first().click();
    await page.getByText("链接已收回").first().waitFor();
    await leader.goto(office.url + link.pathname);
    await leader.getByText("链接已失效").waitFor();
  });
});

describe("accountability", () => {
  it("is proposed by one person and decided by another", async () => {
    const supervisor = await office.at("supervisor", "/accountability/new?unit=jia-zj");
    await check.sound(supervisor);
    await supervisor.selectOption("select[name=failing]", "shirking", { force: true });
    await supervisor.fill("#facts", "两件诉求在两个科室间来回转办六次，均未答复。");
    await supervisor.fill("#basis", "督办工作办法（演示）第十条");
    await supervisor.getByRole("button", { name: "报审批" }).click();
    await supervisor.getByText("已报审批").waitFor();
    assert.equal(await supervisor.getByRole("button", { name: "同意", exact: true }).count(), 0, "not one's own");
    const path = new URL(supervisor.url()).pathname;
    const leader = await office.at("leader", path);
    await check.sound(leader);
    await leader.getByRole("button", { name: "同意", exact: true }).click();
    await leader.getByText("已同意，措施生效").waitFor();
    await check.sound(leader);
  });
});
