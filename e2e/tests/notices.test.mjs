// Whoever has to act is told: the count beside the bell comes by itself, the list leads to the
// work, and how else to be reached is a choice.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { chooseNoUnit, fill, leading, openOffice, send } from "../lib/desk.mjs";

const office = openOffice();
const words = (page, selector = "main") => page.locator(selector).first().innerText();

describe("a unit's liaison", () => {
  it("sees by the bell that something came, and goes from the list to the assignment", async () => {
    const { path } = await office.register("intake", { name: "何师傅", phone: "13800009933", title: "厂门口路灯不亮", text: "厂门口三盏路灯全坏，夜班工人看不见路。" });
    await office.step("intake", `${path}/acceptance`, { demands: "尽快修好路灯", category: { index: 3 }, urgency: "general" });
    const page = await office.at("liaison.ld-zj", "/me/notices");
    const before = await page.locator(".told-new").count();
    const form = await office.form("dispatcher", `${path}/assignments`);
    await form.locator("details.more:not([open]) > summary").evaluateAll((all) => all.forEach((one) => one.click()));
    await chooseNoUnit(form);
    await fill(form, { "unit-1": "ld-zj", "role-1": "lead" });
    await send(form);

    // The page lies open; the server tells the number when it changes.
    await page.locator("[data-count]", { hasText: String(before + 1) }).waitFor();
    await page.reload();
    assert.match(await words(page, ".told-new"), /新派单/);
    await check.sound(page);
    await leading(page, page.locator(".told-new button").first().click());
    assert.match(new URL(page.url()).pathname, new RegExp(`^${path}/nodes/`));
  });

  it("chooses mail, and is told what is wrong with an address", async () => {
    const page = await office.form("liaison.ld-zj", "/me/notices/settings");
    await fill(page, { by_mail: true, email: "nobody" });
    await send(page);
    assert.match(await words(page, ".error-summary"), /邮箱地址格式不正确/);
    await fill(page, { email: "desk@example.cn", when: "digest", digest: "08:30" });
    await send(page);
    assert.match(await words(page), /通知设置已保存/);
    assert.equal(await page.locator("#email").inputValue(), "desk@example.cn");
    await check.sound(page);
  });
});
