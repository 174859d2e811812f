// Statistics as a leader reads them: counted apart, drawn, on a map, led back to rows, taken
// away as workbooks. In both sizes and languages.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, it } from "node:test";
import { LOCALES, VIEWPORTS } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { openOffice } from "../lib/desk.mjs";
import { firstSheet } from "../lib/xlsx.mjs";

const office = openOffice();
let page;

const open = (path) => page.goto(office.url + path);

/** The workbook behind the page's export link. */
async function exported() {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("a[download]").click(),
  ]);
  return firstSheet(await readFile(await download.path()));
}

describe("statistics", () => {
  before(async () => {
    page = await office.as("leader");
  });

  it("are sound in every view", async () => {
    for (const width of Object.keys(VIEWPORTS)) {
      await page.setViewportSize(VIEWPORTS[width]);
      for (const locale of LOCALES) {
        await page.context().addCookies([{ name: "language", value: locale, url: office.url }]);
        for (const by of ["unit", "category", "area", "line", "week"]) {
          await open(`/statistics/by/${by}`);
          await check.fitsTheWidth(page);
          await check.speaksWords(page);
          if ((Number(width) < 600) === (locale === "zh-CN")) await check.accessible(page);
        }
      }
    }
    await page.context().addCookies([{ name: "language", value: "zh-CN", url: office.url }]);
    await page.setViewportSize(VIEWPORTS[1366]);
  });

  it("lead from a county on the map to its rows, which the workbook holds too", async () => {
    await open("/statistics/by/area?figure=accepted");
    const county = page.locator("svg.map a").first();
    const number = Number((await county.getAttribute("aria-label")).match(/([\d,]+)\s*$/)[1].replaceAll(",", ""));
    assert.ok(number > 0);
    await county.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/statistics\/rows\?cell=accepted&by=area/);
    const listed = await page.locator("tbody tr").count();
    assert.equal(listed, Math.min(number, 200));
    const rows = await exported();
    const first = await page.locator("tbody tr td").first().innerText();
    const numbers = rows.map((row) => row[0]);
    assert.ok(numbers.includes(first.trim()), `${first} stands in the workbook`);
    const head = rows.findIndex((row) => row.length > 3);
    assert.equal(rows.length - head - 1, number, "exactly the rows of the number");
    assert.ok(rows.some((row) => row[0]?.includes("演示数据")), "marked as a demo");
  });

  it("stand beside the same numbers as a table, and in the workbook", async () => {
    await open("/statistics/by/area?figure=accepted");
    const bar = (await page.locator(".bars-value strong").first().innerText()).trim();
    const name = (await page.locator(".bars-label").first().innerText()).trim();
    const row = page.locator("tbody tr", { has: page.locator("th", { hasText: new RegExp(`^${name}$`) }) }).first();
    assert.ok((await row.innerText()).split(/\s+/).includes(bar), "the table has the number that is drawn");
    const sheet = await exported();
    assert.ok(sheet.some((cells) => cells[0]?.trim() === name && cells.includes(bar.replaceAll(",", ""))));
  });

  it("are sorted by a click on a column", async () => {
    await open("/statistics/by/category");
    await page.locator("thead th a").nth(1).click();
    assert.equal(await page.locator("thead th[aria-sort=descending]").count(), 1);
    const groups = page.locator("tbody tr.statistics-branch td:nth-of-type(1)");
    const numbers = (await groups.allInnerTexts()).map((text) => Number(text.replaceAll(",", "")));
    assert.deepEqual(numbers, [...numbers].sort((one, other) => other - one));
  });

  it("draw what came and went over time", async () => {
    await open("/statistics/by/month");
    assert.ok((await page.locator("svg.plot rect.plot-came").count()) >= 12);
    assert.match(await page.locator("figure[role=img]").getAttribute("aria-label"), /受理 [\d,]+ 件/);
  });
});
