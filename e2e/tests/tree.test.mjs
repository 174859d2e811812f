// A matter on its way down and back up: from the city over a county's platform to a township
// by an item of the duty list, and back through two reviews; and a lead with two co-units, of
// which one objects and one lets the time pass.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { chooseNoUnit, done, fill, leading, nodes, openOffice, send, words } from "../lib/desk.mjs";

const ANSWER = "11月24日已到现场核实并修好桥头护栏，依据《公路安全保护条例》第四十七条，今后每月巡查一次，损坏两日内修复。";
const TOWNSHIP = { unit: "431302001", name: "乐坪街道" };

const office = openOffice();

const refreshed = async (user, path) => nodes(await office.at(user, path));

/** An accepted appeal with one demand. */
async function accepted(title) {
  const { path, ...receipt } = await office.register("intake", { name: "何师傅", phone: "13800009922", title, text: `${title}，请尽快处理。` });
  await office.step("intake", `${path}/acceptance`, { demands: "尽快解决", category: { index: 3 }, urgency: "general" });
  return { path, ...receipt };
}

/** Hands on from an assignment, or from the office, to units row by row. */
async function assign(user, path, units) {
  const page = await office.form(user, path);
  await chooseNoUnit(page);
  for (const [row, { unit, name, role, duty }] of units.entries()) {
    await page.locator("details.more:not([open]) > summary").evaluateAll((all) => all.forEach((one) => one.click()));
    if (name) {
      await fill(page, { unit_search: name });
      await leading(page, page.locator("button[name=look]").click());
    }
    await fill(page, { [`unit-${row + 1}`]: unit, [`role-${row + 1}`]: role });
    if (duty) await fill(page, { [`duty_item-${row + 1}`]: duty });
  }
  await send(page);
  assert.notEqual(new URL(page.url()).pathname, path, await words(page));
  return page;
}

describe("a matter for a township", () => {
  it("goes city, county, township by the duty list, and comes back through two reviews", async () => {
    const matter = await accepted("进村桥头护栏撞断没人修");
    await assign("dispatcher", `${matter.path}/assignments`, [{ unit: "lx-platform", role: "lead" }]);
    const [county] = (await refreshed("dispatcher", matter.path)).map((node) => matter.path + node);
    await office.click("liaison.lx-platform", matter.path, `${county}/signature`);

    const onward = await office.form("liaison.lx-platform", `${county}/assignments`);
    await check.sound(onward);
    await assign("liaison.lx-platform", `${county}/assignments`, [{ ...TOWNSHIP, role: "lead", duty: { index: 1 } }]);
    const township = matter.path + (await refreshed("liaison.lx-platform", matter.path)).find((node) => matter.path + node !== county);

    const liaison = `liaison.${TOWNSHIP.unit}`;
    await office.click(liaison, matter.path, `${township}/signature`);
    await check.sound(await office.at(liaison, township));
    await office.step(liaison, `${township}/response`, { "outcome-1": "solved", text: ANSWER, contact_text: "已到桥头与村里一起看过。" });
    await office.step(`head.${TOWNSHIP.unit}`, `${township}/sign-off`, { approve: "yes" });

    const office1 = await office.at("shift_head", `${township}/review`);
    assert.notEqual(new URL(office1.url()).pathname, `${township}/review`, "the city does not review over the county's head");
    await office.step("liaison.lx-platform", `${township}/review`, { approve: "yes" });
    await office.step("shift_head", `${county}/review`, { approve: "yes" });
    const page = await office.at("call_back", matter.path);
    assert.match(await words(page, ".headline"), /待回访|回访/);
    assert.equal(await page.locator(".tree-node").count(), 2);
    await check.sound(page);
    assert.ok((await words(await office.appellant(matter))).includes(ANSWER));
  });
});

describe("a lead with two co-units", () => {
  it("goes on when one objects and is heard, and quotes the other", async () => {
    const matter = await accepted("园区北路积水又断电");
    await assign("dispatcher", `${matter.path}/assignments`, [
      { unit: "ld-zj", role: "lead" },
      { unit: "ld-rs", role: "co" },
      { unit: "ld-gd", role: "co" },
    ]);
    const tree = await office.at("dispatcher", matter.path);
    const of = async (name) => `${matter.path}/nodes/${(await tree.locator(".tree-node", { hasText: name }).first().getAttribute("id")).replace("node-", "")}`;
    const [lead, objecting, helping] = [await of("住房和城乡建设局"), await of("人力资源和社会保障局"), await of("供电")];
    await office.click("liaison.ld-zj", matter.path, `${lead}/signature`);
    await office.click("liaison.ld-gd", matter.path, `${helping}/signature`);

    const basis = "依据三定规定，排水与供电均不属于人社部门职责。";
    await office.step("liaison.ld-rs", `${objecting}/objection`, { ground: "not_our_duty", basis });
    const ruling = await office.form("dispatcher", `${objecting}/objection-decision`);
    assert.ok((await words(ruling, "aside")).includes(basis));
    await fill(ruling, { uphold: "yes", to: "ld-cg", reason: "道路排水由城管部门协办。" });
    await send(ruling);
    await done(ruling, /已裁定/);
    assert.equal(await ruling.locator(".tree-node").count(), 4, "who was asked, and who is asked instead");
    await check.sound(ruling);

    const feedback = "11月24日已更换北路配电箱漏电保护器，恢复供电。";
    await office.step("liaison.ld-gd", `${helping}/response`, { "outcome-1": "solved", text: feedback, way: "platform" });
    const page = await office.form("liaison.ld-zj", `${lead}/response`);
    await page.getByRole("button", { name: "引用到答复" }).first().click();
    assert.match(await page.locator("#text").inputValue(), new RegExp(`反馈：${feedback}`));
    await check.sound(page);
  });

  it("sees which co-unit is late", async () => {
    const page = await office.at("liaison.bing-zone", "/desk?tab=working");
    await leading(page, page.locator("tbody tr", { hasText: "护栏" }).locator("a[href^='/matters/']").first().click());
    const matter = new URL(page.url()).pathname.split("/nodes")[0];
    const tree = await office.at("liaison.bing-zone", matter);
    const own = await tree.locator(".tree-node", { hasText: "产业开发区" }).last().getAttribute("id");
    const form = await office.form("liaison.bing-zone", `${matter}/nodes/${own.replace("node-", "")}/response`);
    assert.match(await words(form, "aside"), /丙县交通运输局[\s\S]*已逾期/);
    await check.sound(form);
  });
});
