// The intake desk by keyboard alone: a repeat caller's matter is written down, classified and
// dispatched, another is held, a crash loses no word, a call that is none is counted apart.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { views } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { leading, openOffice } from "../lib/desk.mjs";

const OUT = fileURLToPath(new URL("../out", import.meta.url));
const PHONE = "13800009922";
const OFFICER = "shift_head";

const office = openOffice();
before(() => mkdir(OUT, { recursive: true }));

const keys = (page) => page.keyboard;
/** Goes on by Tab until the field of that id has the focus; a field out of reach fails. */
async function reach(page, id) {
  for (let n = 0; n < 80; n += 1) {
    if ((await page.evaluate(() => document.activeElement?.id)) === id) return;
    await keys(page).press("Tab");
  }
  assert.fail(`${id} is not reached by Tab`);
}
async function type(page, id, words) {
  await reach(page, id);
  await page.keyboard.insertText(words);
}
/** Types what finds an entry of a list, and takes the first. */
async function pick(page, id, words, expected) {
  await reach(page, id);
  await page.keyboard.type(words);
  await page.locator(`#${id}-offers [role=option][aria-selected=true]`).waitFor();
  await keys(page).press("Enter");
  assert.match(await page.locator(`#${id}`).inputValue(), expected);
}
const saved = (page) => page.locator("[data-state]", { hasText: "已自动保存" }).waitFor();
/** The whole screen, for one who looks. */
const picture = (page, name) => page.screenshot({ path: join(OUT, `intake-${name}.png`) });

describe("the intake desk", () => {
  it("files a first call by keys alone", async () => {
    const page = await office.at(OFFICER, "/intake");
    await check.sound(page);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "phone", "the number comes first");
    await type(page, "phone", PHONE);
    await type(page, "name", "何");
    await type(page, "enterprise", "娄星区测试薄板有限公司");
    await type(page, "title", "厂房变压器增容申请没有答复");
    await type(page, "text", "五月递交的变压器增容申请到现在没有答复，新设备装不上电。");
    await page.getByText("可能是第一次来电").waitFor();
    await page.locator("button[data-category=ENE-01]").waitFor();
    await keys(page).press("Alt+c");
    assert.match(await page.locator("#category").inputValue(), /ENE-01/, "the suggested category is taken");
    await leading(page, keys(page).press("F7"));
    assert.match(await page.locator(".confirmation-number").first().innerText(), /^\d{12}$/);
    await check.sound(page);
  });

  it("knows the caller again and dispatches with one key", async () => {
    const page = await office.at(OFFICER, "/intake/new");
    await type(page, "phone", PHONE);
    await page.getByText("厂房变压器增容申请没有答复").first().waitFor();
    await keys(page).press("Alt+u");
    await page.locator("[data-state]", { hasText: "已填入" }).waitFor();
    assert.equal(await page.locator("#enterprise").inputValue(), "娄星区测试薄板有限公司");
    await pick(page, "category", "ene-01", /ENE-01/);
    await type(page, "title", "变压器增容还是没有人来看现场");
    await type(page, "text", "上次反映的变压器增容，还是没有人来看现场，设备装不上电。");
    await pick(page, "county", "lxq", /娄星区/);
    await type(page, "demands", "三天内到现场勘查");
    await page.locator("button[data-route]").waitFor();
    await keys(page).press("Alt+r");
    assert.match(await page.locator("#unit-1").inputValue(), /供电/, "the suggested routing is taken");
    await page.getByText("可能重复的事项").waitFor();
    await saved(page);
    await check.sound(page);
    await picture(page, "filled");
    await leading(page, keys(page).press("F8"));
    assert.match(await page.locator("main").innerText(), /已受理并派单/);
    const href = await page.getByRole("link", { name: "打开事项" }).getAttribute("href");
    const matter = await office.at(OFFICER, href);
    assert.match(await matter.locator("main").innerText(), /三天内到现场勘查/);
  });

  it("holds one call, takes the next, and takes the first up again", async () => {
    const page = await office.at(OFFICER, "/intake/new");
    await type(page, "phone", "13800009933");
    await type(page, "title", "先挂起的来电");
    await leading(page, keys(page).press("F2"));
    assert.match(await page.locator(".intake-waiting").innerText(), /挂起/);
    assert.equal(await page.locator("#title").inputValue(), "");
    await type(page, "phone", "13800009944");
    await keys(page).press("F10");
    await keys(page).press("ArrowDown");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "拨错");
    await leading(page, keys(page).press("Enter"));
    await leading(page, keys(page).press("Alt+1"));
    assert.equal(await page.locator("#title").inputValue(), "先挂起的来电");
    await keys(page).press("F9");
    await leading(page, keys(page).press("Enter"));
    const figures = await office.at(OFFICER, "/intake/figures");
    const day = await figures.locator("tbody tr").first().innerText();
    assert.match(day, /\d/);
    await check.sound(figures);
  });

  it("finds what was typed after a crash, pasted screenshot and all", async () => {
    const page = await office.at(OFFICER, "/intake/new");
    await type(page, "phone", "13800009955");
    await type(page, "text", "说到一半，浏览器崩溃了。");
    await saved(page);
    await page.evaluate(() => {
      const transfer = new DataTransfer();
      const dot = Uint8Array.from(
        atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
        (letter) => letter.charCodeAt(0),
      );
      transfer.items.add(new File([dot], "截图.png", { type: "image/png" }));
      const paste = new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true });
      document.querySelector("#text").dispatchEvent(paste);
    });
    await page.locator("[data-files] li", { hasText: "截图.png" }).waitFor();
    const again = await office.at(OFFICER, "/intake");
    assert.equal(await again.locator("#text").inputValue(), "说到一半，浏览器崩溃了。");
    await again.locator("[data-files] li", { hasText: "截图.png" }).waitFor();
    await keys(again).press("F10");
    for (let n = 0; n < 6; n += 1) await keys(again).press("ArrowDown");
    await leading(again, keys(again).press("Enter"));
    assert.match(await again.locator(".flashes").innerText(), /草稿已删除/);
  });

  it("opens with the caller's number from behind the hash, and clears it", async () => {
    const page = await office.as(OFFICER);
    await page.goto(`${office.url}/intake/new`);
    await leading(page, page.evaluate(() => (location.hash = "tel=13800009966&rec=R-42")));
    assert.equal(await page.locator("#phone").inputValue(), "13800009966");
    assert.equal(await page.locator("#recording").inputValue(), "R-42");
    assert.doesNotMatch(page.url(), /13800009966/);
    await keys(page).press("F10");
    await leading(page, keys(page).press("Enter"));
  });

  it("files the rows of a meeting", async () => {
    const page = await office.at(OFFICER, "/intake/forum");
    await check.sound(page);
    await page.locator("#occasion").fill("机械企业座谈会");
    await page.locator("#rows").fill(
      ["企业\t电话\t内容", "测试甲厂\t13800001111\t厂门口的路坑太多。", "测试乙厂\t13800002222\t贷款续贷太慢。"].join("\n"),
    );
    await leading(page, page.getByRole("button", { name: "预览" }).click());
    await check.sound(page);
    await picture(page, "forum");
    await leading(page, page.getByRole("button", { name: "登记 2 件" }).click());
    assert.equal(await page.locator("tbody tr").count(), 2);
  });

  for (const view of views()) {
    it(`looks right at ${view.width} px in ${view.locale}`, async () => {
      const page = await office.signIn(OFFICER, view);
      for (const [path, name] of [["/intake/new", "desk"], ["/intake/forum", "rows"], ["/intake/figures", "calls"]]) {
        await page.goto(office.url + path);
        await check.sound(page);
        if (view.width === 390) await check.thumbSized(page);
        await page.screenshot({ path: join(OUT, `intake-${name}-${view.width}-${view.locale}.png`), fullPage: true });
      }
      await page.context().close();
    });
  }

  it("works without scripts", async () => {
    const page = await office.signIn(OFFICER, { scripts: false });
    await page.goto(`${office.url}/intake/new`);
    await page.locator("#phone").fill(PHONE);
    await leading(page, page.getByRole("button", { name: "查来电记录" }).click());
    assert.match(await page.locator(".intake-rail").innerText(), /变压器增容/);
    assert.equal(await page.locator("#phone").inputValue(), PHONE);
    await page.context().close();
  });
});
