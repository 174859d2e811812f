// The hotline office's knowledge, duty and reports in a browser: an officer quotes an item by
// keyboard into a direct answer, a keeper changes one and another approves it, the public finds
// a policy without scripts, a shift is taken over, a report is issued.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { leading, nodes, openOffice } from "../lib/desk.mjs";

const office = openOffice();

describe("the knowledge base", () => {
  it("is quoted by a key while the caller speaks, and the matter says so", async () => {
    const page = await office.at("intake", "/intake/new");
    await page.fill("#phone", "13800009933");
    await page.selectOption("select[name=category]", "POL-01", { force: true });
    await page.fill("#title", "想问贷款贴息怎么申请");
    await page.fill("#text", "厂里今年贷了两百万，听说政府能补一半利息。");
    await page.fill("#expected", "告知申请办法");
    await page.locator("button[data-item]").first().waitFor();
    await page.keyboard.press("Alt+i");
    assert.match(await page.locator("#answer").inputValue(), /按贷款合同利率的一半给予贴息/);
    await page.selectOption("#outcome", "explained");
    // The keys stay on top while one scrolls: what lies under them there is no fault.
    await page.evaluate(() => window.scrollTo(0, 0));
    await check.sound(page);
    await page.keyboard.press("F4");
    await page.locator(".confirmation-number").first().waitFor();
    await page.locator("main a[href^='/matters/']").first().click();
    await page.getByText("引用的知识").waitFor();
    await page.getByRole("link", { name: "小微企业贷款贴息" }).click();
    await page.getByText("反馈“答错”").first().waitFor();
    await check.sound(page);
  });

  it("is found by pinyin", async () => {
    const page = await office.at("intake", "/intake/new");
    await page.keyboard.press("Alt+k");
    await page.keyboard.type("xdzz");
    await page.getByRole("link", { name: "助企续贷周转金" }).waitFor();
  });

  it("is searched and quoted on a phone, on the way from the assignment to its answer", async () => {
    const { path } = await office.register("intake", { name: "何师傅", phone: "13800009933", title: "厂里想申请贷款贴息", text: "今年贷了两百万，问利息怎么补。", expected: "告知申请办法" });
    await office.step("intake", `${path}/acceptance`, { demands: "告知申请办法", category: "POL-01", urgency: "general" });
    await office.assign("dispatcher", `${path}/assignments`, "ld-zj");
    const phone = await office.signIn("liaison.ld-zj", { width: 390 });
    await phone.goto(office.url + path);
    const [node] = await nodes(phone);
    await phone.goto(office.url + path + node);
    await check.sound(phone);
    await leading(phone, phone.locator("form[action$='/signature'] [type=submit]").first().click());
    await phone.getByRole("link", { name: /查知识库/ }).first().click();
    const search = phone.locator("#look_up");
    await search.waitFor();
    assert.ok(await search.evaluate((field) => field.getBoundingClientRect().top < innerHeight), "the search is on the screen, not below the form");
    await check.sound(phone);
    await search.fill("dktx");
    await search.press("Enter");
    const item = phone.locator("[data-known-items] button[data-item]").first();
    await item.waitFor();
    assert.match(await phone.locator("[data-known-items]").innerText(), /小微企业贷款贴息[\s\S]*演示数据.*\.docx/, "with the document it rests on");
    await item.click();
    assert.match(await phone.inputValue("#text"), /按贷款合同利率的一半给予贴息/);
    assert.match(await phone.locator("input[name=quoted]").inputValue(), /^[0-9a-f-]{36}:\d+$/);
    await check.sound(phone);
  });

  it("changes by one person and another's approval", async () => {
    const keeper = await office.at("knowledge.city", "/desk/knowledge?q=茶叶");
    await check.sound(keeper);
    await keeper.locator("a.row-title").first().click();
    await keeper.getByRole("link", { name: "修改" }).click();
    await check.sound(keeper);
    await keeper.fill("#most", "300万元");
    await keeper.getByRole("button", { name: "保存并提交审核" }).click();
    await keeper.getByText("已提交审核").waitFor();
    assert.equal(await keeper.getByRole("button", { name: "通过，开始使用" }).count(), 0, "not one's own");
    const path = new URL(keeper.url()).pathname;
    const reviewer = await office.at("knowledge.check", path);
    assert.match(await reviewer.locator("dl.register-diff").first().innerText(), /200 万元[\s\S]*300 万元/);
    await reviewer.getByRole("button", { name: "通过，开始使用" }).click();
    await reviewer.getByText("第 2 版").first().waitFor();
    await check.sound(reviewer);
  });
});

describe("services on the portal", () => {
  it("are found and read on a phone without scripts", async () => {
    const page = await office.stranger({ width: 390, scripts: false });
    await page.goto(`${office.url}/services`);
    await check.fitsTheWidth(page);
    await page.fill("#q", "技改");
    await page.getByRole("button", { name: "查找" }).click();
    await page.getByRole("link", { name: "技术改造设备补助" }).click();
    await page.getByText("0738-0000102").waitFor();
    await check.fitsTheWidth(page);
  });
});

describe("duty and reports", () => {
  it("a shift is taken over by another head", async () => {
    const page = await office.at("shift_head.night", "/desk/duty");
    await check.sound(page);
    await page.getByRole("link", { name: "今日白班" }).click();
    await page.getByRole("button", { name: "签字接班" }).click();
    await page.getByText("已签字接班").waitFor();
    await check.sound(page);
  });

  it("a report is made, completed and issued", async () => {
    const page = await office.at("shift_head", "/desk/reports");
    await check.sound(page);
    await page.getByRole("radio", { name: "月报" }).check();
    await page.getByRole("button", { name: "生成报告" }).click();
    await page.getByText("报告已生成").waitFor();
    await check.sound(page);
    await page.getByText("修改文字").click();
    const text = await page.locator("#text").inputValue();
    await page.fill("#text", text.replace("（由值班长填写）", "本月用电报装咨询偏多。"));
    await page.getByRole("button", { name: "保存" }).click();
    await page.getByText("本月用电报装咨询偏多。").first().waitFor();
    await page.getByRole("button", { name: "签发" }).click();
    await page.getByText("已签发").first().waitFor();
    assert.equal(await page.getByText("修改文字").count(), 0);
  });
});
