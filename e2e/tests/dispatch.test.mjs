// The desks on which officers go through what waits: review by keyboard, completion asked and
// given, several assigned at once, duplicates merged, call-backs with attempts and a redo.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { done, fill, leading, nodes, openOffice, send } from "../lib/desk.mjs";

const ANSWER = "11月20日已到现场核实并完成处理，依据《优化营商环境条例》第四十八条，今后每月回访一次，问题两日内解决。";

const office = openOffice();

const register = (title, more = {}) =>
  office.register("intake", { title, text: `${title}，拖了半个月。请尽快处理。希望本月解决。`, phone: "13800007711", name: "何师傅", ...more });

const accept = (matter, category = "ENE-01") =>
  office.step("intake", `${matter.path}/acceptance`, { demands: "尽快解决", category, urgency: "general" });

/** The place in the queue of a matter's working desk. */
const workOn = (tab, matter) => `/desk/work?tab=${tab}&at=${matter.path.split("/").at(-1)}`;

const sound = async (page) => {
  await check.accessible(page);
  await check.fitsTheWidth(page);
};

describe("The review desk", () => {
  it("is gone through by keyboard, and what is done leaves the queue", async () => {
    const [first, second] = [await register("车间照明线路老化待查"), await register("厂区门口路灯不亮待查")];
    const page = await office.at("intake", workOn("review", first));
    await sound(page);
    assert.match(await page.locator("[name=demands]").inputValue(), /请尽快处理\n希望本月解决|希望本月解决\n请尽快处理/);
    assert.equal(await page.locator(".work-title a").innerText(), first.number);
    const before = await page.locator(".waiting li").count();
    await leading(page, page.keyboard.press("Alt+KeyJ"));
    assert.notEqual(await page.locator(".work-title a").innerText(), first.number);
    await leading(page, page.keyboard.press("Alt+KeyK"));
    assert.equal(await page.locator(".work-title a").innerText(), first.number);
    await fill(page, { category: "INF-03" });
    await leading(page, page.keyboard.press("Alt+KeyS"));
    await done(page, /已受理/);
    assert.equal(new URL(page.url()).pathname, "/desk/work");
    assert.equal(await page.locator(".waiting li").count(), before - 1);
    assert.notEqual(await page.locator(".work-title a").innerText(), first.number);
    assert.ok(await page.locator(".waiting").getByText(second.number).count());
  });

  it("asks for completion, which the appellant sees and gives", async () => {
    const matter = await register("设备调试遇到问题");
    const page = await office.at("intake", workOn("review", matter));
    await leading(page, page.locator(".work-ways").getByText("要求补正").click());
    await sound(page);
    await fill(page, { missing: "请写明设备名称、调试时间和联系过的单位。" });
    await leading(page, page.keyboard.press("Alt+KeyS"));
    await done(page, /审核期限照常计算/);
    const appellant = await office.appellant(matter, { width: 390 });
    assert.match(await appellant.locator("main").innerText(), /请写明设备名称/);
    await sound(appellant);
    await leading(appellant, appellant.locator("main a[href='/track/material']").first().click());
    await fill(appellant, { material: "印刷机，11月10日，找过供电所。" });
    await send(appellant);
    const again = await office.at("intake", workOn("review", matter));
    assert.match(await again.locator(".work-at").innerText(), /已补正/);
    assert.equal(await again.locator(".work-ways").getByText("要求补正").count(), 0, "everything was asked for once");
  });
});

describe("Dispatch", () => {
  it("suggests with reasons, and assigns several at once", async () => {
    const power = await register("新厂房报装迟迟没有批下来");
    const house = await register("门面到期房东不续租");
    await accept(power, "ENE-01");
    await accept(house, "LND-04");
    const page = await office.at("dispatcher", workOn("dispatch", power));
    await sound(page);
    assert.match(await page.locator(".advice").first().innerText(), /垂直管理/);
    assert.equal(await page.locator("[name=unit-1]").inputValue(), "ld-gd");
    for (const matter of [power, house]) {
      await page.locator(`.waiting input[value="${matter.path.split("/").at(-1)}"]`).check();
    }
    await leading(page, page.locator(".work-queue button[type=submit]").click());
    await sound(page);
    await leading(page, page.locator(".form-submit [type=submit]").click());
    assert.match(await page.locator("main").innerText(), /已交办 1 件，未交办 1 件/);
    await sound(page);
    const sent = await office.at("dispatcher", power.path);
    assert.ok((await nodes(sent)).length >= 1);
  });

  it("merges a duplicate under its master, and both hear the answer", async () => {
    const master = await register("冷库用电频繁跳闸影响生产");
    const double = await register("冷库频繁跳闸冻品受损");
    await accept(master);
    await accept(double);
    const page = await office.form("dispatcher", `${double.path}/merge`);
    await fill(page, { other_search: master.number });
    await leading(page, page.locator("main button[name=look]").click());
    await sound(page);
    await fill(page, { other: master.number, reason: "同一冷库、同一线路的同一次故障。" });
    await send(page);
    const shown = await office.at("dispatcher", master.path);
    assert.match(await shown.locator("main").innerText(), new RegExp(double.number));
  });
});

describe("The call-back desk", () => {
  it("keeps attempts, agreed times and what was said, and a redo tells no grade", async () => {
    const matter = await register("烘干房电压不稳待解决");
    await accept(matter);
    const assigned = await office.assign("dispatcher", `${matter.path}/assignments`, "ld-gd");
    const node = matter.path + (await nodes(assigned)).at(-1);
    await office.click("liaison.ld-gd", matter.path, `${node}/signature`);
    await office.step("liaison.ld-gd", `${node}/contact`, { text: "已电话联系，约定现场查看。" });
    await office.step("liaison.ld-gd", `${node}/answer`, { "outcome-1": "solved", text: ANSWER });
    await office.step("liaison.ld-gd", `${node}/submission`);
    await office.step("head.ld-gd", `${node}/sign-off`, { approve: "yes" });
    const review = await office.at("shift_head", `/desk/work?tab=to_review&at=${matter.path.split("/").at(-1)}:${node.split("/").at(-1)}`);
    await sound(review);
    await fill(review, { approve: "yes" });
    await leading(review, review.keyboard.press("Alt+KeyS"));

    const at = `/desk/calls?at=${matter.path.split("/").at(-1)}`;
    for (const view of [{ width: 1366 }, { width: 390 }, { width: 390, locale: "en" }]) {
      const desk = await office.signIn("call_back", view);
      await desk.goto(office.url + at);
      await sound(desk);
      assert.match(await desk.locator(".script").innerText(), /优化营商环境条例/, "the answer is read out");
    }
    const page = await office.at("call_back", at);
    await leading(page, page.locator(".call-number [type=submit]").click());
    assert.ok(await page.locator("a[href='tel:13800007711']").count());
    await fill(page, { outcome: "no_answer", note: "响铃无人接听" });
    await send(page);
    await page.goto(office.url + at);
    assert.match(await page.locator(".call-log").innerText(), /无人接听/);
    await fill(page, { outcome: "reached", solved: "no", grade: "dissatisfied", reason: "昨天又跳闸一次" });
    await leading(page, page.locator(".form-submit [type=submit]").click());
    await done(page, /./);

    const appellant = await office.appellant(matter);
    assert.match(await appellant.locator("main").innerText(), /联系方式被查看/);
    await office.step("call_back", `${matter.path}/redo-decision`, { valid: "yes", reason: "送电后再次跳闸，请查明线路原因。" });
    const liaison = await office.at("liaison.ld-gd", matter.path);
    const told = await liaison.locator("main").innerText();
    assert.match(told, /送电后再次跳闸/);
    assert.doesNotMatch(told, /昨天又跳闸一次|不满意/);
  });
});
