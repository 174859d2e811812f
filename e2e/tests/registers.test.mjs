// The registers in a browser: a contact is noted, its difficulty becomes an appeal, a figure
// opens to its rows; each page in both sizes and languages.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { LOCALES, VIEWPORTS, launch, visitor } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { PASSWORD, startProduct } from "../lib/server.mjs";

const PAGES = [
  "/registers",
  "/registers/liaison",
  "/registers/liaison/new",
  "/registers/liaison/import",
  "/registers/projects/board",
  "/registers/programmes/calendar",
  "/registers/programmes/calendar/subscription",
  "/registers/projects/figures?from=2022-01-01&to=2022-07-31",
  "/registers/projects/definition",
  "/registers/projects/definition/source",
  "/registers/definitions/new",
  "/registers/definitions/form",
  "/registers/sites/definition/form",
  "/registers/sites/definition/fields/new?kind=choice",
  "/registers/sites/definition/fields/standard",
  "/registers/projects/definition/fields/major",
  "/registers/projects/definition/fields/new?kind=derived",
  "/registers/projects/definition/stages",
  "/registers/projects/definition/parts/stages/signed",
  "/registers/projects/definition/parts/flows/paid_in",
  "/registers/projects/definition/parts/figures/major_total",
  "/registers/sites/definition/parts/levels/new",
  "/registers/sites/definition/parts/coverage/coverage",
  "/registers/leads/definition/parts/becomings/projects.lead",
  "/registers/sites/coverage",
  "/network/posts",
];

let product;
let browser;
before(async () => {
  product = await startProduct();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await product?.stop();
});

async function enter(user) {
  const context = await visitor(browser, { width: 1366, locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(`${product.url}/login`);
  await page.locator("#login").fill(user);
  await page.locator("#password").fill(PASSWORD);
  await page.locator("main button[type=submit]").click();
  await page.waitForURL(`${product.url}/desk`);
  return page;
}

describe("registers", () => {
  it("every page speaks and fits, in both sizes and languages", async () => {
    const page = await enter("registers");
    await page.goto(`${product.url}/registers/projects`);
    const record = await page.locator("main tbody a").first().getAttribute("href");
    for (const path of [...PAGES, record]) {
      for (const width of Object.keys(VIEWPORTS)) {
        await page.setViewportSize(VIEWPORTS[width]);
        for (const locale of LOCALES) {
          await page.context().addCookies([{ name: "language", value: locale, url: product.url }]);
          const answer = await page.goto(product.url + path);
          assert.equal(answer.status(), 200, path);
          await check.fitsTheWidth(page);
          await check.speaksWords(page);
        }
      }
      await check.accessible(page);
    }
    await page.context().close();
  });

  it("a difficulty heard on a visit becomes an appeal in one click, and each leads to the other", async () => {
    const page = await enter("registers");
    await page.goto(`${product.url}/registers/liaison?q=娄商007`);
    await page.locator("main tbody a").first().click();
    const record = page.url();
    await page.locator("summary", { hasText: "登记联系" }).click();
    const today = await page.locator("#contact-on").getAttribute("max");
    await page.locator("#contact-on").fill(today);
    await page.locator("input[name=contact-way][value=visit]").check();
    await page.locator("#contact-about").fill("上门走访，了解生产情况");
    await page.locator("#contact-difficulty").fill("厂房外排水沟堵塞，下雨积水");
    await page.locator("form[action$='/contacts'] button[type=submit]").click();
    await page.waitForURL(record);
    await page.locator("form[action$='/appeal'] button", { hasText: "转为诉求" }).first().click();
    await page.waitForURL(record);
    const told = await page.locator(".story", { hasText: "厂房外排水沟堵塞" }).first().innerText();
    const number = told.match(/已转为诉求\s*(\d[\d-]*)/)?.[1];
    assert.ok(number, told);
    const office = await enter("shift_head");
    await office.goto(`${product.url}/desk?tab=all&q=${number}`);
    await office.locator("main tbody tr", { hasText: number }).locator("a.row-title").click();
    await office.waitForURL(/\/matters\/[0-9a-f-]{36}/);
    assert.match(await office.locator("main").innerText(), /厂房外排水沟堵塞/);
    assert.match(await office.locator("main").innerText(), /来自台账/);
    await office.context().close();
    await page.context().close();
  });

  it("a promise becomes a task that is due on the day promised and named in the record", async () => {
    const page = await enter("registers");
    await page.goto(`${product.url}/registers/liaison?q=娄商011`);
    await page.locator("main tbody a").first().click();
    const record = page.url();
    await page.locator("summary", { hasText: "登记联系" }).click();
    const today = await page.locator("#contact-on").getAttribute("max");
    const due = new Date(new Date(today).getTime() + 20 * 86_400_000).toISOString().slice(0, 10);
    await page.locator("#contact-on").fill(today);
    await page.locator("input[name=contact-way][value=visit]").check();
    await page.locator("#contact-about").fill("座谈扩建计划");
    await page.locator("#contact-promise").fill("协调园区接通二期厂房用水");
    await page.locator("#contact-promised_by").fill(due);
    await page.locator("form[action$='/contacts'] button[type=submit]").click();
    await page.waitForURL(record);
    await page.locator("form[action$='/matter'] button", { hasText: "转为限时任务" }).first().click();
    await page.waitForURL(record);
    const told = await page.locator(".story", { hasText: "接通二期厂房用水" }).first().innerText();
    const number = told.match(/已转为限时任务\s*(RW\d+)/)?.[1];
    assert.ok(number, told);
    const office = await enter("shift_head");
    await office.goto(`${product.url}/desk?tab=all&q=${number}`);
    await office.locator("main tbody tr", { hasText: number }).locator("a.row-title").click();
    await office.waitForURL(/\/matters\/[0-9a-f-]{36}/);
    const task = await office.locator("main").innerText();
    assert.match(task, /接通二期厂房用水/);
    assert.match(task, /来自台账/);
    await office.context().close();
    await page.context().close();
  });

  it("an office defines a register by forms, publishes it and records in it", async () => {
    const top = await enter("registers");
    await top.goto(`${product.url}/registers`);
    await top.locator("main a, header a, .page-actions a", { hasText: "新建台账" }).first().click();
    await top.locator("#zh").fill("招商走访台账");
    await top.locator("main form button[type=submit]").first().click();
    await top.waitForURL(/\/definition\/form$/);
    const editor = top.url();
    await top.locator(".register-kinds a", { hasText: "选项" }).first().click();
    await top.locator("#zh").fill("走访方式");
    await top.locator("#options").fill("上门\n电话");
    await top.locator("main form button[type=submit]").first().click();
    await top.waitForURL(editor);
    assert.match(await top.locator("main").innerText(), /上门、电话/);
    // A figure, its condition chosen from lists.
    await top.locator("a", { hasText: "添加指标" }).click();
    await top.locator("#zh").fill("上门走访次数");
    await top.locator("#if-1-field").selectOption({ label: "走访方式" });
    await top.locator("#if-1-value").fill("上门");
    await top.locator("main form button[type=submit]").first().click();
    await top.waitForURL(editor);
    assert.match(await top.locator("main").innerText(), /“走访方式”为“上门”/);
    await top.locator("a", { hasText: "发布" }).first().click();
    await top.waitForURL(/\/publication$/);
    await top.locator("main form[action$='/publication'] button[type=submit]").click();
    await top.waitForURL(/\/registers\/\w+$/);
    const register = top.url();
    await top.goto(`${register}/new`);
    await top.locator("#name").fill("示例企业");
    await top.locator("main form button[type=submit]").first().click();
    await top.waitForURL(/\/records\//);
    await top.goto(register);
    assert.match(await top.locator("main tbody").innerText(), /示例企业/);
    await top.context().close();
  });

  it("a month reads as a list on a phone, and another month is a field away", async () => {
    const page = await enter("registers");
    await page.setViewportSize(VIEWPORTS[390]);
    await page.goto(`${product.url}/registers/programmes/calendar?month=2026-12`);
    const days = page.locator(".register-calendar td:visible");
    assert.equal(await days.count(), 1, "only days on which something happens");
    assert.match(await days.innerText(), /2026年12月8日（星期二）[\s\S]*活动日：/);
    await check.fitsTheWidth(page);
    await check.accessible(page);
    await page.locator("#month").fill("2027-01");
    await page.locator(".register-months button").click();
    await page.waitForURL(/month=2027-01/);
    assert.match(await page.locator(".pages-shown").innerText(), /2027年1月/);
    await page.setViewportSize(VIEWPORTS[1366]);
    assert.ok((await page.locator(".register-calendar td:visible").count()) >= 28, "a desktop shows the month");
    await page.context().close();
  });

  it("a list of fifty fits a phone in a few screens, each record with what it says", async () => {
    const page = await enter("registers");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${product.url}/registers/liaison?all=yes`);
    assert.equal(await page.locator(".register-rows tbody tr").count(), 50);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(height < 8000, `${height} px`);
    assert.match(await page.locator(".register-rows tbody tr").first().innerText(), /所属单位|娄底市/);
    await page.context().close();
  });

  it("a calendar is subscribed to by an address that needs no log-in until it is closed", async () => {
    const page = await enter("registers");
    await page.goto(`${product.url}/registers/programmes/calendar`);
    await page.locator("a", { hasText: "订阅日历" }).click();
    await page.locator("main button", { hasText: "生成订阅地址" }).click();
    const address = new URL(await page.locator(".copyable code").innerText());
    const stranger = await visitor(browser, { width: 1366, locale: "zh-CN" });
    const read = () => stranger.request.get(product.url + address.pathname);
    const feed = await read();
    assert.equal(feed.status(), 200);
    assert.match(await feed.text(), /BEGIN:VEVENT[\s\S]*活动日/);
    await page.locator("main button", { hasText: "停用地址" }).click();
    await page.locator("main button", { hasText: "生成订阅地址" }).waitFor();
    assert.equal((await read()).status(), 404);
    await stranger.close();
    await page.context().close();
  });

  it("a computed field is made by choosing, tried on records and kept", async () => {
    const page = await enter("registers");
    await page.goto(`${product.url}/registers/projects/definition/fields/new?kind=derived`);
    await page.locator("#compose-first").selectOption("flow:paid_in");
    await page.locator("#compose-how").selectOption("sum");
    await page.locator("button[name=intent][value=compose]").click();
    await page.locator("main [role=status] li").first().waitFor();
    assert.equal(await page.locator("#expression").inputValue(), "sum(paid_in)");
    await page.locator("#zh").fill("到位合计");
    await page.locator("#zh").press("Enter");
    await page.waitForURL(/\/definition\/form$/);
    assert.match(await page.locator("main").innerText(), /到位合计/);
    await page.context().close();
  });

  it("a record is printed with what it says and without what only a screen is for", async () => {
    const page = await enter("registers");
    await page.goto(`${product.url}/registers/projects`);
    await page.locator("main tbody a").first().click();
    await page.waitForURL(/\/records\//);
    await page.emulateMedia({ media: "print" });
    const shown = (selector) => page.locator(selector).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
    assert.ok((await shown("main h1")) === 1 && (await shown("main .summary dt, main dl dt")) > 5, "the facts are printed");
    assert.equal(await shown("main button, main form, nav a, .desk-actions a"), 0, "nothing to click on paper");
    assert.match(await page.locator("body").innerText(), /演示数据/, "demo data say so on paper too");
    assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
    await page.context().close();
  });

  it("a figure opens to the rows it counts", async () => {
    const page = await enter("leader");
    await page.goto(`${product.url}/registers/projects/figures?from=2022-01-01&to=2022-07-31`);
    const figure = page.locator(".figure", { has: page.locator("a", { hasText: /^重大投资项目$/ }) });
    assert.equal((await figure.locator(".figure-value").innerText()).trim(), "73");
    await figure.locator("a").click();
    assert.match(await page.locator("main .list-found").first().innerText(), /共 73 条/);
    await page.context().close();
  });
});
