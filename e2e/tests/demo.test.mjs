// What a stranger is shown first: the demo city. Its figures are those of the article, the
// case the article tells is there with its days, and everybody who may log in finds work.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { leading, openOffice, words } from "../lib/desk.mjs";

/** Who is shown around: the office, those above it, a county's platform. */
const USERS = ["intake", "dispatcher", "shift_head", "call_back", "supervisor", "liaison.jia-platform"];

const office = openOffice();


describe("the demo city", () => {
  it("counts on 22 August 2022 what the article counts, and says what it assumes", async () => {
    const page = await office.stranger();
    for (const [path, reader] of [["/figures?as_of=2022-08-22", page], ["/statistics?as_of=2022-08-22", await office.as("leader")]]) {
      await reader.goto(office.url + path);
      const sums = (await reader.locator(".identity").allInnerTexts()).map((sum) => sum.replaceAll(/\s+/g, " "));
      const says = (...parts) => assert.ok(sums.some((sum) => parts.every((part) => sum.includes(part))), `${parts} in ${sums.join(" / ")}`);
      says("受理 386", "直接答复 47", "交办 339");
      says("受理 386", "办结 366", "在办 20");
      const satisfied = reader.locator(".figure", { has: reader.getByText("满意率", { exact: true }) });
      assert.match(await satisfied.innerText(), /96\.8%\s*335\/346/);
      assert.match(await words(reader), /没有说明分母[\s\S]*346件有效评价中335件满意[\s\S]*分母是演示的假设/);
      await check.sound(reader);
    }
    await page.goto(`${office.url}/figures`);
    assert.doesNotMatch(await words(page), /分母是演示的假设/, "said where it applies");
    await page.context().close();
  });

  it("tells the charging station's story day by day", async () => {
    const page = await office.at("dispatcher", `/search?q=${encodeURIComponent("新建充电站等着送电")}`);
    await leading(page, page.locator(".hit-title a").first().click());
    assert.match(await words(page, "h1"), /新建充电站/);
    const story = (await words(page, ".story")).split("\n").filter(Boolean);
    const on = (step) => /\d+年\d+月\d+日/.exec(story.slice(story.findIndex((line) => line.startsWith(step))).join(" "))?.[0];
    assert.equal(on("提交诉求"), "2022年6月7日");
    assert.equal(on("首次联系诉求人"), "2022年6月8日", "the next day somebody came");
    assert.equal(on("答复诉求人"), "2022年6月10日", "on the third it had power");
    assert.equal(on("评价"), "2022年6月13日");
    assert.match(await words(page), /送电成功[\s\S]*给他们点个赞/);
    await check.sound(page);
  });

  for (const user of USERS) {
    it(`has something in every tab of ${user}, and no page that fails`, async () => {
      const page = await office.at(user, "/desk");
      const tabs = await page.locator(".tabs a").evaluateAll((all) => all.map((tab) => tab.getAttribute("href")));
      const pages = await page.locator("header nav a, nav.desk-nav a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      const matters = new Set();
      for (const tab of tabs) {
        await page.goto(office.url + tab);
        const rows = page.locator("tbody tr a[href^='/matters/']");
        // What is late is the made-up counties'; a list of nothing is said to be one.
        assert.ok((await rows.count()) > 0, `${user} sees nothing in ${tab}`);
        matters.add(await rows.first().getAttribute("href"));
        await check.fitsTheWidth(page);
        await check.speaksWords(page);
      }
      for (const path of new Set([...pages, ...matters])) {
        const answer = await page.goto(office.url + path);
        assert.equal(answer.status(), 200, `${path} of ${user}`);
        assert.match(await words(page, ".demo-banner"), /演示数据/, path);
        await check.fitsTheWidth(page);
        await check.speaksWords(page);
      }
    });
  }

  it("is marked as a demo on public pages and papers, in both languages", async () => {
    for (const [locale, mark] of [["zh-CN", /演示数据/], ["en", /demo/i]]) {
      const page = await office.stranger({ width: 390, locale });
      for (const path of ["/", "/lines", "/categories", "/figures", "/track", "/appeals/new", "/login"]) {
        await page.goto(office.url + path);
        assert.match(await words(page, ".demo-banner"), mark, path);
      }
      await page.context().close();
    }
    const page = await office.at("liaison.jia-platform", "/desk?tab=working");
    const matter = await page.locator("tbody tr a[href^='/matters/']").first().getAttribute("href");
    await page.goto(office.url + matter.split("/nodes")[0]);
    const node = await page.locator(".tree-node").first().getAttribute("id");
    await page.goto(`${office.url}${matter.split("/nodes")[0]}/nodes/${node.replace("node-", "")}/papers/assignment`);
    assert.match(await words(page, "body"), /演示数据/);
  });
});
