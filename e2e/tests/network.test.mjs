// The network in a browser: a unit is split by an order and the tree of the day before is as it
// was; a holder leaves and the figure opens to the gap; the workbook goes out and comes in again.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { LOCALES, VIEWPORTS } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { chooseNoUnit, fill, leading, openOffice, words } from "../lib/desk.mjs";

const SPLIT = "ld-zj";
const NEW = "ld-rqj";
const ORDER = { document: "示例编发〔2026〕21号", reason: "机构改革，燃气管理职责单列" };
const PAGES = [
  "/network",
  "/network?at=lx",
  "/network?q=住建",
  `/network/units/${SPLIT}`,
  `/admin/network/changes/new?kind=split&unit=${SPLIT}`,
  `/admin/network/changes/new?kind=merge&unit=${SPLIT}`,
  "/network/posts",
  "/network/roll",
];

const office = openOffice();

const dayBefore = (day) => new Date(new Date(day).getTime() - 86_400_000).toISOString().slice(0, 10);
const step = (page, name) => leading(page, page.locator(`button[name="step"][value="${name}"]`).click());

describe("the network", () => {
  it("speaks and fits on every page, in both sizes and languages", async () => {
    const page = await office.signIn("registers");
    for (const path of PAGES) {
      for (const width of Object.keys(VIEWPORTS)) {
        await page.setViewportSize(VIEWPORTS[width]);
        for (const locale of LOCALES) {
          await page.context().addCookies([{ name: "language", value: locale, url: office.url }]);
          const answer = await page.goto(office.url + path);
          assert.equal(answer.status(), 200, path);
          await check.fitsTheWidth(page);
          await check.speaksWords(page);
        }
      }
      await check.accessible(page);
    }
    await page.context().close();
  });

  it("a unit is split by an order: what was ticked goes along, and yesterday is as it was", async () => {
    const page = await office.at("registers", `/network/units/${SPLIT}`);
    await leading(page, page.locator(".unit-changes a", { hasText: "分设" }).click());
    const today = await page.locator("#on").inputValue();
    const parts = page.locator('input[name="part"]');
    const open = await parts.count();
    assert.ok(open >= 1, "the demo's unit has open work");
    await fill(page, { code: NEW, name: "娄底市燃气管理局", short_name: "市燃气局", ...ORDER });
    await parts.first().check();
    await step(page, "look");
    assert.match(await words(page), new RegExp(`划转 1 件，${open - 1} 件仍由原单位办理`));
    assert.equal(await page.locator("#reason").inputValue(), ORDER.reason, "nothing typed is lost");
    await check.sound(page);
    await step(page, "confirm");
    assert.equal(new URL(page.url()).pathname, `/network/units/${NEW}`);
    assert.match(await words(page), /示例编发〔2026〕21号/);
    const tree = await office.at("registers", "/network?q=燃气管理");
    assert.match(await words(tree), /市燃气局/);
    const before = await office.at("registers", `/network?q=燃气管理&on=${dayBefore(today)}`);
    assert.doesNotMatch(await words(before), /市燃气局/);
  });

  it("a unit is renamed: found by both names, and called as it was before", async () => {
    const page = await office.at("registers", `/admin/network/changes/new?kind=rename&unit=${NEW}`);
    assert.equal(await page.locator("#name").inputValue(), "娄底市燃气管理局", "what stays is not typed again");
    await fill(page, { short_name: "市燃气办", document: "示例编发〔2026〕22号", reason: "更名" });
    await step(page, "look");
    await step(page, "confirm");
    const found = await office.at("registers", "/network?q=市燃气局");
    assert.match(await words(found), /市燃气办[\s\S]*原：市燃气局/);
    await check.sound(found);
  });

  it("a unit is found by its former name where a caller names it", async () => {
    const page = await office.at("intake", "/intake/new");
    const field = page.locator(".combo", { has: page.locator("option[data-formerly*='市燃气局']") }).first();
    await field.evaluate((one) => one.closest("details")?.setAttribute("open", ""));
    const input = field.locator("input[role=combobox]");
    await input.fill("市燃气局");
    const offer = field.locator(".combo-list [role=option]").first();
    assert.match(await offer.innerText(), /娄底市燃气管理局（原：市燃气局）/);
    await input.press("Enter");
    assert.match(await input.inputValue(), /娄底市燃气管理局/);
  });

  it("a unit is found by initials and by its former name where a matter is assigned, by keys, on a phone too", async () => {
    const { path } = await office.register("intake", { name: "何师傅", phone: "13800009944", title: "厂区燃气压力不足", text: "厂区燃气压力不足，生产线停了两次。" });
    await office.step("intake", `${path}/acceptance`, { demands: "恢复供气压力", category: { index: 3 }, urgency: "general" });
    const page = await office.signIn("dispatcher");
    await page.setViewportSize(VIEWPORTS[390]);
    await page.goto(`${office.url}${path}/assignments`);
    await chooseNoUnit(page);
    const input = page.getByRole("combobox", { name: "承办单位" }).first();
    const offer = page.locator(".combo-list:not([hidden]) [role=option]").first();
    await input.fill("没有这样的单位");
    assert.equal(await offer.innerText(), "没有匹配项");
    await input.fill("ldsrq");
    assert.match(await offer.innerText(), /娄底市燃气管理局/);
    await input.fill("市燃气局");
    assert.match(await offer.innerText(), /娄底市燃气管理局（原：市燃气局）/);
    await check.fitsTheWidth(page);
    await input.press("ArrowDown");
    await input.press("ArrowUp");
    await input.press("Enter");
    assert.match(await input.inputValue(), /娄底市燃气管理局/);
    assert.equal(await page.locator("select[name=unit-1]").inputValue(), NEW);
    await check.sound(page);
    await page.context().close();
  });

  it("a holder leaves: the figure changes and opens to the gap", async () => {
    const coverage = await office.at("registers", "/network/posts");
    const full = coverage.locator("tbody td.cell-number a", { hasText: "2,107/2,107" });
    assert.ok((await full.count()) > 0, await words(coverage));
    const page = await office.at("registers", "/registers/holders?q=信息员");
    await leading(page, page.locator("main tbody a").first().click());
    await page.locator("summary", { hasText: "更多" }).click();
    await fill(page, { "removal-reason": "登记有误" });
    await leading(page, page.locator("form[action$='/removal'] button").click());
    const after = await office.at("registers", "/network/posts");
    const gap = after.locator("tbody td.cell-number a", { hasText: "2,106/2,107" });
    assert.equal(await gap.count(), 1, await words(after));
    await leading(after, gap.click());
    await check.sound(after);
    const lacking = after.locator("main table").last().locator("tbody tr");
    assert.equal(await lacking.count(), 1);
    await leading(after, lacking.locator("a").click());
    assert.match(new URL(after.url()).pathname, /^\/network\/units\//);
  });

  it("goes out as a workbook and comes in again as it is", async () => {
    const page = await office.at("registers", "/network/roll");
    const loaded = page.waitForEvent("download");
    await page.locator('a[href="/network/roll.xlsx"]').click();
    const path = await (await loaded).path();
    await page.locator("#file").setInputFiles({
      name: "network.xlsx",
      mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      buffer: await readFile(path),
    });
    await leading(page, page.locator('button[name="intent"][value="check"]').click());
    const counts = await page.locator("main table").first().locator("tbody td.cell-number").allInnerTexts();
    assert.deepEqual([counts[0], counts[1], counts[3], counts[4]], ["0", "0", "0", "0"], counts.join(" "));
    assert.equal(await page.locator('button[name="intent"][value="take"]').count(), 0, "nothing to take");
    await check.sound(page);
  });

  it("gives the file of what is wrong as often as it is asked for", async () => {
    const page = await office.at("registers", "/network/roll");
    const buffer = Buffer.from("单位编码,岗位,任职人,任职日期\nld-zj,信息员,示例任职人,三月\n");
    await page.locator("#file").setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer });
    await leading(page, page.locator('button[name="intent"][value="check"]').click());
    assert.match(await words(page), /1 行有问题[\s\S]*任职日期/);
    for (const _ of ["once", "again"]) {
      const loaded = page.waitForEvent("download");
      await page.locator('button[name="intent"][value="errors"]').click();
      assert.equal((await loaded).suggestedFilename(), "network-errors.xlsx");
    }
    await check.sound(page);
  });
});
