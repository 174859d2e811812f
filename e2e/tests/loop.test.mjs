// One appeal through the whole loop, each step by the person whose step it is: registered on
// the hotline, accepted, dispatched to the county's platform and on to a department, signed,
// contacted, answered, submitted, signed off, reviewed twice, called back, tracked and rated
// by the appellant, counted. Every page on the way is sound.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { views } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { done, fill, leading, openOffice } from "../lib/desk.mjs";

const OUT = fileURLToPath(new URL("../out", import.meta.url));
const TITLE = "厂区门口路灯不亮，夜班工人下班不安全";
const DEMANDS = ["尽快修好厂区门口的路灯", "说明今后由谁巡查"];
const ANSWER = "11月24日已更换六盏路灯灯头并修复线路，当晚全部亮灯；今后由区路灯所每月巡查一次，故障两日内修复。";

const office = openOffice();
before(() => mkdir(OUT, { recursive: true }));

const follow = (page, link) => leading(page, link.click());
const press = (page, name) => leading(page, page.getByRole("button", { name, exact: true }).click());
const choose = (page, name) => page.getByRole("radio", { name, exact: true }).check();

/** Opens the matter from the person's own queue. */
async function open(user, tab) {
  const page = await office.as(user);
  await page.goto(`${office.url}/desk`);
  await check.sound(page);
  await follow(page, page.locator(".tabs a", { hasText: tab }).first());
  await follow(page, page.getByRole("link", { name: TITLE }));
  await check.sound(page);
  return page;
}

/** Opens the form of a step on the matter. */
async function take(page, action) {
  await follow(page, page.locator(".matter-actions").getByRole("link", { name: action }));
  await check.sound(page);
}

/** Opens the matter and the form of a step on it. */
async function step(user, tab, action) {
  const page = await open(user, tab);
  await take(page, action);
  return page;
}

describe("the loop", () => {
  let receipt;
  let address;

  it("the hotline registers the appeal and tells number and code", async () => {
    const page = await office.as("intake");
    await page.goto(`${office.url}/intake/new`);
    await check.sound(page);
    await page.locator("#phone").fill("13800009911");
    await page.locator("#name").fill("何");
    await page.getByText("可能是第一次来电").waitFor();
    await leading(page, page.locator("[data-register]").click());
    assert.match(await page.locator(".error-summary").innerText(), /标题/);
    assert.equal(await page.locator("#name").inputValue(), "何", "what was typed stays");
    await page.locator("#title").fill(TITLE);
    await page.locator("#text").fill("厂区大门外一百多米路灯全不亮，夜班十二点下班摸黑走，上周有人摔了。");
    await check.sound(page);
    await leading(page, page.locator("[data-register]").click());
    const [number, code] = await page.locator(".confirmation-number").allInnerTexts();
    assert.match(number, /^\d{12}$/);
    await check.sound(page);
    receipt = { number, code };
  });

  it("intake accepts it and lists the demands", async () => {
    const page = await step("intake", "待审", "受理");
    await press(page, "受理");
    await check.sound(page);
    assert.match(await page.title(), /^有误/);
    await page.getByLabel("诉求点").fill(DEMANDS.join("\n"));
    await page.getByLabel("事项类别").selectOption({ index: 3 });
    await choose(page, "紧急");
    await press(page, "受理");
    await done(page, /已受理/);
    await check.sound(page);
    for (const demand of DEMANDS) assert.ok((await page.locator("main").innerText()).includes(demand));
    address = new URL(page.url()).pathname;
  });

  it("the dispatcher hands it to the county's platform", async () => {
    const page = await step("dispatcher", "待派", "交办");
    await page.getByLabel("查找单位").fill("娄星区");
    await press(page, "查找");
    await check.sound(page);
    await fill(page, { "unit-1": "lx-platform" });
    await press(page, "交办");
    await done(page, /已交办/);
  });

  it("the platform signs and passes it on to a department", async () => {
    const page = await open("liaison.lx-platform", "待签收");
    await press(page, /^签收/);
    await done(page, /已签收/);
    await take(page, "交办");
    await fill(page, { "unit-1": "lx-zj" });
    await press(page, "交办");
    await done(page, /已交办/);
  });

  it("the department signs many at once, contacts, answers and submits", async () => {
    const page = await office.as("liaison.lx-zj");
    await page.goto(`${office.url}/desk?tab=to_sign`);
    await page.locator("tr", { hasText: TITLE }).getByRole("checkbox").check();
    await press(page, "签收所选");
    await done(page, /全部签收/);

    await step("liaison.lx-zj", "办理中", "首次联系");
    await page.getByLabel("联系情况").fill("已电话联系，约当晚到现场查看。");
    await press(page, "记录联系");
    await done(page, /联系情况已记录/);

    await take(page, /^答复(?!并)/);
    for (const number of [1, 2]) await page.locator(`[name=outcome-${number}][value=solved]`).check();
    await page.getByLabel("答复内容").fill("已转有关部门处理。");
    await press(page, "保存答复");
    assert.match(await page.locator(".error-summary").innerText(), /答复/, "forwarded is no answer");
    await page.getByLabel("答复内容").fill(ANSWER);
    await press(page, "保存答复");
    await done(page, /答复已记录/);

    await take(page, "提交办结");
    const photo = { name: "亮灯.jpg", mimeType: "image/jpeg", buffer: Buffer.from("ffd8ffe000040000ffda0002ffd9", "hex") };
    await page.getByLabel("佐证材料").setInputFiles(photo);
    await press(page, "提交审签");
    await done(page, /已提交/);
    assert.ok((await page.locator("main").innerText()).includes("亮灯.jpg"));
  });

  it("someone who looked at an older state is told, and keeps what they typed", async () => {
    const page = await office.as("dispatcher");
    await page.goto(`${office.url}${address}/notes`);
    await page.getByLabel("备注").fill("已与值班长沟通。");
    const other = await office.as("intake");
    await other.goto(`${office.url}${address}/notes`);
    await other.getByLabel("备注").fill("来电人再次来电催问。");
    await press(other, "保存备注");
    await done(other, /备注已保存/);
    await press(page, "保存备注");
    assert.match(await page.locator(".notice").innerText(), /刚刚更新/);
    assert.equal(await page.getByLabel("备注").inputValue(), "已与值班长沟通。");
    await check.sound(page);
    await press(page, "保存备注");
    await done(page, /备注已保存/);
  });

  it("the unit's head signs off, two levels review", async () => {
    const head = await step("head.lx-zj", "待审签", "审签");
    assert.ok((await head.locator("aside").innerText()).includes(ANSWER), "the submission stands beside the form");
    await head.locator("[name=approve][value=yes]").check();
    await press(head, "提交审签意见");
    await done(head, /审签意见已记录/);

    const platform = await step("head.lx-platform", "待审核", "审核");
    await platform.locator("[name=approve][value=yes]").check();
    await press(platform, "提交审核意见");
    await done(platform, /审核意见已记录/);

    const office = await step("shift_head", "待审核", "审核");
    assert.ok((await office.locator("aside").innerText()).includes(ANSWER));
    await office.locator("[name=approve][value=yes]").check();
    await press(office, "提交审核意见");
    await done(office, /审核意见已记录/);
  });

  it("the call-back officer reaches the appellant", async () => {
    const page = await step("call_back", "待回访", "回访");
    await choose(page, "已接通");
    await press(page, "记录回访");
    await done(page, /回访已记录/);
    await press(page, "显示联系方式");
    assert.match(await page.locator("main").innerText(), /13800009911/);
    assert.match(await page.locator(".story").innerText(), /查看联系方式/, "the look is journaled");
    await check.sound(page);
  });

  it("the appellant tracks it, sees the answer and rates it", async () => {
    const page = await office.stranger({ width: 390 });
    await page.goto(`${office.url}/track`);
    await page.locator("[name=number]").fill(receipt.number);
    await page.locator("[name=code]").fill(receipt.code);
    await leading(page, page.locator("main form [type=submit]").click());
    await check.sound(page);
    assert.ok((await page.locator("main").innerText()).includes(ANSWER));
    await page.goto(`${office.url}/track/rating`);
    await page.locator("[name=solved][value=yes]").check();
    await page.locator("[name=grade][value=satisfied]").check();
    await leading(page, page.locator("main form [type=submit]").click());
    await check.sound(page);
  });

  it("the matter is closed as solved, and the figures count it", async () => {
    const page = await open("shift_head", "已办结");
    assert.match(await page.locator(".headline").innerText(), /已解决/);
    await page.goto(`${office.url}/figures`);
    await check.sound(page);
  });

  for (const view of views()) {
    it(`looks right at ${view.width} px in ${view.locale}`, async () => {
      for (const [user, path, name] of [
        ["dispatcher", "/desk?tab=all", "queues"],
        ["liaison.lx-zj", address, "matter"],
        ["dispatcher", `${address}/notes`, "form"],
        ["intake", "/intake/new", "register"],
      ]) {
        const page = await office.signIn(user, view);
        await page.goto(office.url + path);
        await check.sound(page);
        if (view.width === 390) await check.thumbSized(page);
        await page.screenshot({ path: join(OUT, `loop-${name}-${view.width}-${view.locale}.png`), fullPage: true });
        await page.context().close();
      }
    });
  }
});
