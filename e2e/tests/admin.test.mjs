// The configuration in a browser: a limit from a day on, a category retired, a calendar
// year tried before it is published; each page in both sizes and languages.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LOCALES, VIEWPORTS } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { openOffice } from "../lib/desk.mjs";

const PAGES = [
  "/admin/configuration",
  "/admin/configuration/procedure",
  "/admin/configuration/procedure/limits",
  "/admin/configuration/calendar",
  "/admin/configuration/calendar/years/2027",
  "/admin/configuration/categories",
  "/admin/configuration/categories/entries/category/0",
  "/admin/configuration/routing",
  "/admin/configuration/grounds",
  "/admin/configuration/templates/source",
  "/admin/configuration/notices/publication",
  "/admin/jobs",
];

const office = openOffice();

async function at(page, path) {
  const answer = await page.goto(office.url + path);
  assert.equal(answer.status(), 200, path);
}

describe("configuration", () => {
  it("every page speaks and fits, in both sizes and languages", async () => {
    const page = await office.signIn("admin_system");
    for (const path of PAGES) {
      for (const width of Object.keys(VIEWPORTS)) {
        await page.setViewportSize(VIEWPORTS[width]);
        for (const locale of LOCALES) {
          await page.context().addCookies([{ name: "language", value: locale, url: office.url }]);
          await at(page, path);
          await check.fitsTheWidth(page);
          await check.speaksWords(page);
          if ((Number(width) < 600) === (locale === "zh-CN")) await check.accessible(page);
        }
      }
    }
    await page.context().close();
  });

  it("a limit is changed from a day on, and the difference is read", async () => {
    const page = await office.signIn("admin_system");
    await at(page, "/admin/configuration/procedure/limits");
    await page.locator('[id="handling.general"]').fill("5");
    await page.locator("main button[accesskey=s]").click();
    await page.waitForURL(`${office.url}/admin/configuration/procedure`);
    await page.locator('main a[href$="/publication"]').click();
    assert.match(await page.locator("del").first().innerText(), /7/);
    assert.match(await page.locator("ins").first().innerText(), /5/);
    await page.locator("#note").fill("一般事项提速");
    await page.locator("main button[accesskey=s]").click();
    await page.waitForURL(`${office.url}/admin/configuration/procedure`);
    assert.match(await page.locator("main").innerText(), /一般事项提速/);
    await page.context().close();
  });

  it("a category is retired and no longer offered", async () => {
    const page = await office.signIn("admin_system");
    await at(page, "/admin/configuration/categories/entries/category/1");
    await page.locator("#retired").check();
    await page.locator("main button[accesskey=s]").click();
    await page.waitForURL(`${office.url}/admin/configuration/categories`);
    await page.locator('main a[href$="/publication"]').click();
    await page.locator("main button[accesskey=s]").click();
    await page.waitForURL(`${office.url}/admin/configuration/categories`);
    const offered = await page.request.get(`${office.url}/api/v1/categories`);
    assert.ok(!(await offered.json()).some((category) => category.code === "ENE-02"));
    await page.context().close();
  });

  it("a year of the calendar is tried before it is published", async () => {
    const page = await office.signIn("admin_system");
    await at(page, "/admin/configuration/calendar/years/2027");
    await page.locator("#rest").fill("2027-01-01 2027-01-03 元旦\n2027-02-05 2027-02-11 春节");
    await page.locator("#work").fill("2027-02-14 春节");
    await page.locator("main button[accesskey=s]").click();
    await page.waitForURL(/calendar\?year=2027/);
    assert.equal(await page.locator(".day-holiday.day").count() > 9, true);
    await page.locator('main a[href$="/publication"]').click();
    assert.match(await page.locator("main").innerText(), /在办 \d+ 件中，\d+ 件的时限会变动/);
    await page.locator("main button[accesskey=s]").click();
    await page.waitForURL(`${office.url}/admin/configuration/calendar`);
    await page.context().close();
  });
});
