// The unit's desk on a phone: from the link in a message through the log-in to the answer
// with a photo; a substitute who signs off; co-units consolidated; a paper sign-off.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { views } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { chooseNoUnit, done, fill, leading, nodes, openOffice, send } from "../lib/desk.mjs";
import { PASSWORD } from "../lib/server.mjs";

const OUT = fileURLToPath(new URL("../out", import.meta.url));
const TOWNSHIP = { unit: "431302001", name: "乐坪街道", liaison: "liaison.431302001" };
const ANSWER = "11月24日已更换桥头两盏路灯灯头，当晚全部亮灯；今后由镇里每月巡查一次，故障两日内报修。";
const PHOTO = { name: "亮灯.jpg", mimeType: "image/jpeg", buffer: Buffer.from("ffd8ffe000040000ffda0002ffd9", "hex") };
const SCAN = { ...PHOTO, name: "审签单.jpg" };

const office = openOffice();
before(() => mkdir(OUT, { recursive: true }));

/** An accepted matter with one demand, assigned by the office; its address and assignments. */
async function assigned(title, units) {
  const { path } = await office.register("intake", { name: "何师傅", phone: "13800009922", title, text: "桥头两盏路灯全坏，夜里过桥看不见路。" });
  await office.step("intake", `${path}/acceptance`, { demands: "尽快修好路灯", category: { index: 3 }, urgency: "general" });
  const page = await office.form("dispatcher", `${path}/assignments`);
  // The form comes filled in as the routing table suggests; here only these units are meant.
  await page.locator("details.more:not([open]) > summary").evaluateAll((all) => all.forEach((one) => one.click()));
  await chooseNoUnit(page);
  for (const [row, { unit, search, role, duty }] of units.entries()) {
    await page.locator("details.more:not([open]) > summary").evaluateAll((all) => all.forEach((one) => one.click()));
    if (search) {
      await fill(page, { unit_search: search });
      await leading(page, page.locator("button[name=look]").click());
    }
    await fill(page, { [`unit-${row + 1}`]: unit, [`role-${row + 1}`]: role });
    if (duty) await fill(page, { [`duty_item-${row + 1}`]: duty });
  }
  await send(page);
  return { path, nodes: (await nodes(page)).map((node) => path + node) };
}

describe("a township liaison on a phone", () => {
  let matter;
  let page;
  let link;

  it("follows the link of a message through the log-in to the assignment", async () => {
    matter = await assigned("桥头路灯不亮", [{ unit: TOWNSHIP.unit, search: TOWNSHIP.name, role: "lead", duty: { index: 1 } }]);
    const sender = await office.at("dispatcher", matter.nodes[0]);
    const text = await sender.locator("#group-text").inputValue();
    assert.doesNotMatch(text, /何师傅|13800009922/);
    link = text.match(/\/a\/\w+/)[0];

    page = await office.stranger({ width: 390 });
    await page.goto(office.url + link);
    assert.equal(new URL(page.url()).pathname, "/login");
    await fill(page, { login: TOWNSHIP.liaison, password: PASSWORD });
    await leading(page, page.locator("main form [type=submit]").click());
    assert.equal(new URL(page.url()).pathname, matter.nodes[0]);
    await check.sound(page);
    await check.thumbSized(page);
    await page.screenshot({ path: join(OUT, "inbox-unsigned-390-zh-CN.png"), fullPage: true });
  });

  it("signs, calls, answers with a photo and submits", async () => {
    await leading(page, page.getByRole("button", { name: "签收", exact: true }).click());
    assert.equal(new URL(page.url()).pathname, matter.nodes[0]);
    await done(page, /已签收/);
    await leading(page, page.getByRole("button", { name: "显示联系方式" }).click());
    assert.equal(await page.locator("a[href='tel:13800009922']").count(), 1, "one tap calls");
    await page.goto(office.url + matter.nodes[0]);
    await leading(page, page.getByRole("link", { name: /^答复并提交/ }).click());
    await check.sound(page);
    await check.thumbSized(page);
    await page.screenshot({ path: join(OUT, "inbox-response-390-zh-CN.png"), fullPage: true });
    await fill(page, { "outcome-1": "solved", text: ANSWER, contact_text: "已电话联系，约当晚查看。", photo: PHOTO });
    await send(page);
    assert.equal(new URL(page.url()).pathname, matter.nodes[0]);
    await done(page, /已答复并提交/);
    assert.ok((await page.locator("main").innerText()).includes("亮灯.jpg"));
    await check.sound(page);
  });

  it("signs off on paper and uploads the scan, being the only one there", async () => {
    await office.at("admin_security", `/admin/grants?q=${TOWNSHIP.liaison}`);
    const admin = await office.as("admin_security");
    await leading(admin, admin.locator("tbody a").first().click());
    await fill(admin, { role: "unit_head", unit: TOWNSHIP.unit });
    await leading(admin, admin.locator("main form:has([name=role]) [type=submit]").click());
    await page.goto(`${office.url}${matter.nodes[0]}/papers/sign-off`);
    assert.ok((await page.locator(".sheet").innerText()).includes(ANSWER));
    await check.sound(page);
    await page.screenshot({ path: join(OUT, "inbox-sign-off-sheet-390-zh-CN.png"), fullPage: true });
    await page.goto(`${office.url}${matter.nodes[0]}/sign-off`);
    await fill(page, { approve: "yes" });
    await send(page);
    assert.match(await page.locator(".error-summary").innerText(), /拍照上传/);
    await fill(page, { attachments: SCAN });
    await send(page);
    await done(page, /审签意见已记录/);
  });
});

describe("a substitute", () => {
  it("stands in for the head, marked so, and not for their own work", async () => {
    const matter = await assigned("河堤护栏松动", [{ unit: "ld-zj", role: "lead" }]);
    const [node] = matter.nodes;
    await office.click("liaison.ld-zj", matter.path, `${node}/signature`);
    await office.step("liaison.ld-zj", `${node}/response`, { "outcome-1": "solved", text: ANSWER, contact_text: "已到现场。" });

    const head = await office.form("head.ld-zj", "/account/absence");
    await check.sound(head);
    await fill(head, { until: await head.locator("[name=from]").inputValue(), kind: "duty" });
    await head.locator("[name=substitute]").selectOption({ index: 1 });
    await send(head);
    await done(head, /外出已登记/);
    await check.sound(head);
    await head.screenshot({ path: join(OUT, "inbox-absence-1366-zh-CN.png"), fullPage: true });

    // The one substitute at hand is the liaison, who worked on it: still nobody's own work.
    const liaison = await office.at("liaison.ld-zj", node);
    assert.match(await liaison.locator("main").innerText(), /外出（公出）/);
    await office.at("liaison.ld-zj", `${node}/sign-off`);
    assert.notEqual(new URL(liaison.url()).pathname, `${node}/sign-off`, "not offered");
    await office.at("liaison.ld-zj", "/account");
    assert.match(await liaison.locator("main").innerText(), /正在代理/);
  });
});

describe("a lead with co-units", () => {
  it("sees who answered, and takes their words over by one click", async () => {
    const matter = await assigned("园区道路积水", [{ unit: "ld-zj", role: "lead" }, { unit: "ld-rs", role: "co" }]);
    const [lead, co] = matter.nodes;
    const unit = async (user, node) => office.click(user, matter.path, `${node}/signature`);
    await unit("liaison.ld-zj", lead);
    await unit("liaison.ld-rs", co);
    const feedback = "已核拨排水管维修经费两万元，11月24日到账。";
    await office.step("liaison.ld-rs", `${co}/response`, { "outcome-1": "solved", text: feedback, way: "platform" });

    const page = await office.form("liaison.ld-zj", `${lead}/response`);
    assert.match(await page.locator("aside").innerText(), /协办单位未反馈，主办单位也可以提交/);
    await fill(page, { text: "11月24日现场疏通排水管两处。", photo: PHOTO });
    await page.getByRole("button", { name: "引用到答复", exact: true }).click();
    const text = await page.locator("#text").inputValue();
    assert.ok(text.startsWith("11月24日现场疏通") && text.includes(`反馈：${feedback}`), text);
    assert.equal(await page.locator("[name=photo]").evaluate((input) => input.files.length), 1, "files stay chosen");
    await check.sound(page);
    await page.screenshot({ path: join(OUT, "inbox-co-units-1366-zh-CN.png"), fullPage: true });
    await fill(page, { "outcome-1": "solved", contact_text: "已电话联系。" });
    await send(page);
    await done(page, /已答复并提交/);

    // What is ticked in a list prints, a page each; absences of the unit stand above it.
    const list = await office.at("head.ld-zj", "/desk?tab=to_sign_off");
    assert.match(await list.locator("main").innerText(), /今日外出/);
    for (const box of await list.locator("td input[type=checkbox]").all()) await box.check();
    const ticked = await list.locator("td input:checked").count();
    await leading(list, list.getByRole("button", { name: "打印所选承办单" }).click());
    assert.equal(await list.locator(".sheet").count(), ticked);
    assert.ok(ticked > 1);

    for (const view of views()) {
      const reader = await office.signIn("liaison.ld-zj", view);
      for (const [path, name] of [[lead, "assignment"], [`${lead}/papers/assignment`, "sheet"], ["/account/absence", "absence"]]) {
        await reader.goto(office.url + path);
        await check.sound(reader);
        if (view.width === 390) await check.thumbSized(reader);
        await reader.screenshot({ path: join(OUT, `inbox-${name}-${view.width}-${view.locale}.png`), fullPage: true });
      }
      await reader.context().close();
    }
  });
});
