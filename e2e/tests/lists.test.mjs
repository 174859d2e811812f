// A dispatcher makes the list their own: narrows it, saves that, chooses columns, ticks the
// page, takes it away as a workbook; and finds a matter by two characters of its text.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { openOffice } from "../lib/desk.mjs";

const office = openOffice();

const rows = (page) => page.locator("tbody tr").count();

describe("lists", () => {
  it("are narrowed, saved and shown again at once", async () => {
    const page = await office.at("dispatcher", "/desk?tab=all");
    const links = () => page.locator("tbody a[href^='/matters/']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    const whole = await links();
    await page.locator("details.more summary").first().click();
    await page.locator("#category").selectOption("ENE");
    await page.locator(".filter button[type=submit]").click();
    await page.waitForURL(/category=ENE/);
    const narrowed = await rows(page);
    assert.ok(narrowed > 0);
    // A page may be full either way: what stands on it tells.
    assert.notDeepEqual(await links(), whole);
    await page.locator(".list-tool summary").first().click();
    await page.locator("#filter-name").fill("用电用水");
    await page.locator("input[name=first]").check();
    await page.locator("form[action='/desk/filters'] button").click();
    await page.goto(`${office.url}/desk`);
    assert.match(page.url(), /category=ENE/);
    assert.match(await page.locator(".saved [aria-current]").innerText(), /^用电用水\s默认$/);
    assert.equal(await rows(page), narrowed);
  });

  it("show the columns that were chosen, and leave as a workbook", async () => {
    const page = await office.at("dispatcher", "/desk?tab=all");
    await page.locator(".list-tool summary").last().click();
    await page.locator("input[name=column][value=category]").check();
    await page.locator("form[action='/desk/columns'] button").click();
    assert.ok((await page.locator("thead").innerText()).includes("类别"));
    await page.locator("[data-tick-all]").check();
    assert.match(await page.locator("[data-ticked]").innerText(), new RegExp(`${await rows(page)}`));
    const download = page.waitForEvent("download");
    await page.locator(".batch button").last().click();
    assert.match((await download).suggestedFilename(), /\.xlsx$/);
  });

  it("give way to a search by two characters, with the place where they stand", async () => {
    const page = await office.at("dispatcher", "/search");
    await page.locator("#q").fill("充电");
    await page.locator("main form button[type=submit]").click();
    assert.ok((await page.locator(".hit mark").first().innerText()).includes("充电"));
    await page.locator(".hit-title a").first().click();
    assert.match(page.url(), /\/matters\//);
  });

  for (const view of [{ width: 1366 }, { width: 390 }]) {
    it(`are usable at ${view.width} px`, async () => {
      const page = await office.signIn("dispatcher", view);
      for (const path of ["/desk?tab=all&light=red", "/search?q=%E5%85%85%E7%94%B5"]) {
        await page.goto(office.url + path);
        await check.fitsTheWidth(page);
        await check.speaksWords(page);
        await check.accessible(page);
      }
    });
  }
});
