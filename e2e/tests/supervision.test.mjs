// Supervision by the people who do it: what is late is urged together; a slip goes through three
// hands to the unit and back; a rule is changed in its form; what waits is decided, each within their
// own limits.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { fill, leading, nodes, openOffice, send, words } from "../lib/desk.mjs";

const DEMAND = "请主要负责同志牵头会商，限期办结并向诉求人当面说明。";
const REPLY = "已安排专人上门核实，缺少的配件本周到货，下周三前办结。";

const office = openOffice();

const json = (page, path) => page.evaluate((address) => fetch(address).then((answer) => answer.json()), path);

describe("the supervision board", () => {
  it("lists what is late in the made-up counties and urges several together", async () => {
    const page = await office.at("supervisor", "/desk/supervision?view=late");
    await check.sound(page);
    const ticks = page.locator('tbody input[name="assignment"]');
    assert.ok((await ticks.count()) >= 5, "the demo has late work");
    await ticks.nth(0).check();
    await ticks.nth(1).check();
    const matter = await page.locator("tbody a.row-title").first().getAttribute("href");
    await fill(page, { text: "请于明日下班前报送办理进展。" });
    await leading(page, page.locator('button[name="measure"][value="urge"]').click());
    assert.match(await words(page, "body"), /已发出/);
    assert.match(await words(await office.at("supervisor", matter)), /催办[\s\S]*请于明日下班前报送办理进展/);
  });

  it("opens every number of the heat table, and fits a phone", async () => {
    const page = await office.at("supervisor", "/desk/supervision/heat");
    await check.sound(page);
    const number = page.locator("tbody td a").first();
    const n = Number(await number.innerText());
    await leading(page, number.click());
    assert.equal(await page.locator("tbody tr").count(), n);
    const phone = await office.signIn("supervisor", { width: 390, locale: "en" });
    for (const path of ["/desk/supervision", "/desk/supervision/heat", "/desk/slips", "/desk/decisions"]) {
      await phone.goto(office.url + path);
      await check.sound(phone);
    }
  });
});

describe("a slip", () => {
  it("is drafted, checked, issued, answered, settled and printed by different people", async () => {
    const board = await office.at("supervisor", "/desk/supervision?view=late");
    await board.locator('tbody input[name="assignment"]').last().check();
    await leading(board, board.locator('button[formaction="/desk/slips/drafts"]').click());
    await check.sound(board);
    await fill(board, { colour: "red", days: "2", demand: DEMAND });
    await leading(board, board.locator("main .form-submit [type=submit]").click());
    const { rows } = await json(board, "/api/v1/slips?tab=to_check");
    const slip = rows[0];
    const path = `/desk/slips/${slip.id}`;
    assert.equal(await (await office.at("supervisor", path)).locator(`form[action="${path}/check"]`).count(), 0);

    const head = await office.at("shift_head", path);
    assert.match(await words(head), new RegExp(DEMAND));
    await leading(head, head.locator('button[name="approve"][value="yes"]').click());
    const leader = await office.at("leader", path);
    await leading(leader, leader.locator(`form[action="${path}/issue"] [type=submit]`).click());
    assert.match(await words(leader), /督〔\d{4}〕\d+号/);

    const liaison = await office.at(`liaison.${slip.unit}`, path);
    await fill(liaison, { text: REPLY });
    await leading(liaison, liaison.locator(`form[action="${path}/reply"] [type=submit]`).click());
    const done = await office.at("supervisor", path);
    await leading(done, done.locator('button[name="accept"][value="yes"]').click());
    assert.match(await words(done), /已办结/);
    const paper = await office.at("supervisor", `${path}/paper`);
    assert.match(await words(paper, ".sheet"), new RegExp(`${DEMAND}[\\s\\S]*${REPLY}`));
    await check.sound(paper);
  });
});

describe("the rules", () => {
  it("show what matches now, and are changed in a form", async () => {
    const page = await office.at("shift_head", "/desk/supervision/rules");
    await check.sound(page);
    await leading(page, page.locator("tbody a.row-title").nth(2).click());
    await fill(page, { "amount-0": "soon" });
    await leading(page, page.locator("button[name=preview]").click());
    assert.match(await words(page), /请填写数字/);
    await fill(page, { "amount-0": "2" });
    await leading(page, page.locator("button[name=preview]").click());
    assert.match(await words(page), /现在符合 \d+ 件/);
    await leading(page, page.locator("main form .batch button.btn-primary").click());
    assert.match(await words(page), /正在修改草稿/);
    await leading(page, page.locator('a[href="/admin/configuration/supervision/publication"]').click());
    assert.match(await words(page), /late >= 2wd/);
  });
});

describe("the decision desk", () => {
  it("lists what waits by its limit and leads to the decision", async () => {
    const page = await office.at("dispatcher", "/desk/decisions");
    await check.sound(page);
    await leading(page, page.locator("tbody a.row-title").first().click());
    assert.match(new URL(page.url()).pathname, /objection-decision$/);
  });

  it("says what is beyond a decider's own limit, and leaves it to the supervisor", async () => {
    const { path } = await office.register("intake", { name: "何师傅", phone: "13800009933", title: "进厂道路塌了半边", text: "进厂道路塌了半边，货车进不来。" });
    await office.step("intake", `${path}/acceptance`, { demands: "修好道路", category: { index: 3 }, urgency: "general" });
    await office.assign("dispatcher", `${path}/assignments`, "lx-platform");
    const [county] = (await nodes(await office.at("dispatcher", path))).map((node) => path + node);
    await office.click("liaison.lx-platform", path, `${county}/signature`);
    await office.assign("liaison.lx-platform", `${county}/assignments`, "lx-zj");
    const own = (await nodes(await office.at("liaison.lx-platform", path))).map((node) => path + node).find((node) => node !== county);
    await office.click("liaison.lx-zj", path, `${own}/signature`);
    const asked = { kind: "extension", days: "7", ground: "extension:needs_survey", reason: "路基检测要等一周。" };
    await office.step("liaison.lx-zj", `${own}/interval`, asked);

    const beyond = /超出您的审批权限（您最多可批准 5 个工作日），由督办员审批/;
    const desk = await office.at("head.lx-platform", "/desk/decisions?kind=interval");
    assert.match(await words(desk), beyond);
    await check.sound(desk);
    const phone = await office.signIn("head.lx-platform", { width: 390 });
    await phone.goto(`${office.url}/desk/decisions?kind=interval`);
    await check.sound(phone);
    await leading(desk, desk.locator(`a[href="${own}/interval-decision"]`).click());
    assert.match(await words(desk, "aside"), beyond);
    await fill(desk, { grant: "yes", reason: "检测确有必要。" });
    await send(desk);
    assert.match(await words(desk), /由督办员审批/);
    assert.equal(await desk.locator('[name="reason"]').inputValue(), "检测确有必要。", "nothing typed is lost");

    const last = await office.at("supervisor", "/desk/decisions?kind=interval");
    const row = last.locator("tbody tr", { has: last.locator(`a[href="${own}/interval-decision"]`) });
    assert.doesNotMatch(await row.innerText(), /审批权限/);
    await office.step("supervisor", `${own}/interval-decision`, { grant: "yes", reason: "同意，抓紧检测。" });
    assert.match(await words(await office.at("liaison.lx-zj", path)), /同意，抓紧检测/);
  });
});
