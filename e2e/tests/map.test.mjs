// The map: areas shaded by a figure and reached by keyboard, records as points, and each of
// them opening to its rows; in both sizes, languages and looks.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { LOCALES, VIEWPORTS } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { openOffice } from "../lib/desk.mjs";

const office = openOffice();
let page;

const open = (path) => page.goto(office.url + path);

/** The number at the end of an accessible name. */
const number = async (link) => Number((await link.getAttribute("aria-label")).match(/([\d,]+)\s*$/)[1].replaceAll(",", ""));

describe("map", () => {
  before(async () => {
    page = await office.as("leader");
  });

  it("is sound in every view", async () => {
    const views = ["/map?over=open.matters", "/map?figure=unit.on_time&over=sites", "/registers/sites/map", "/registers/sites/map?in=431302"];
    for (const width of Object.keys(VIEWPORTS)) {
      await page.setViewportSize(VIEWPORTS[width]);
      for (const locale of LOCALES) {
        await page.context().addCookies([{ name: "language", value: locale, url: office.url }]);
        for (const view of views) {
          const answer = await open(view);
          assert.equal(answer.status(), 200, view);
          await check.fitsTheWidth(page);
          await check.speaksWords(page);
          if ((Number(width) < 600) === (locale === "zh-CN")) await check.accessible(page);
        }
      }
    }
    await page.context().addCookies([{ name: "language", value: "zh-CN", url: office.url }]);
    await page.setViewportSize(VIEWPORTS[1366]);
  });

  it("leads from a county to its matters, and says the same beside it", async () => {
    await open("/map?figure=accepted");
    const county = page.locator("svg.map > a").first();
    const counted = await number(county);
    assert.ok(counted > 0);
    const name = (await county.getAttribute("aria-label")).split(":")[0];
    const row = page.locator("tbody tr", { has: page.locator("th", { hasText: name }) });
    assert.equal(await number(row.locator("a")), counted, "the table has the number that is drawn");
    await county.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/statistics\/rows\?cell=accepted&by=area/);
    assert.equal(await page.locator("tbody tr").count(), Math.min(counted, 200));
  });

  it("shows a register's records as points, by county and one by one", async () => {
    await open("/map");
    await page.locator("#figure").selectOption("register.sites");
    await page.locator("#over").selectOption("sites");
    await page.locator("main form button[type=submit]").click();
    await page.waitForURL(/figure=register\.sites/);
    assert.ok((await page.locator("a.map-pin").count()) > 100, "the sites lie on it");
    const county = page.locator("svg.map > a:not(.map-pin)").first();
    const counted = await number(county);
    await county.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/registers\/sites\/map\?in=/);
    assert.equal(await page.locator("main table").last().locator("tbody tr").count(), Math.min(counted, 100));
    const pin = page.locator("a.map-pin").first();
    const title = (await pin.getAttribute("aria-label")).split(" · ")[0];
    await pin.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/registers\/sites\/records\//);
    assert.ok((await page.locator("h1").innerText()).includes(title));
  });
});
