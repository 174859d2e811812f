// An enterprise's account: an officer verifies the address of its accountant from an appeal's
// page and at the desk; the accountant, by a code from the mail, reads what the enterprise
// filed but not a colleague's confidential appeal; taken back, the address opens nothing.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { views } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { done, fill, leading, openOffice, send, words } from "../lib/desk.mjs";

/** The check character fits. */
const CODE = "91350100M000100Y43";
const FIRM = "演示甲厂";
const ACCOUNTANT = "kuaiji@example.cn";

const office = openOffice();

const press = (page, name) => leading(page, page.getByRole("button", { name, exact: true }).click());

/** Files on the portal for the enterprise; the number. */
async function file(story, confidential) {
  const page = await office.stranger({ width: 390 });
  await page.goto(`${office.url}/appeals/new/type`);
  for (const answer of ["求助", "用电用水用气", "用电报装增容与供电可靠性"]) {
    await page.getByRole("radio", { name: answer }).check();
    await press(page, "继续");
  }
  for (const field of ["county", "township"]) {
    await page.locator(`input[name=${field}]`).first().check();
    await press(page, "继续");
  }
  await page.getByLabel("诉求内容").fill(story);
  await press(page, "继续");
  await press(page, "继续");
  await fill(page, { name: "钱工", phone: "13800005678", email: "qian@example.cn", enterprise: FIRM, credit_code: CODE, shielded: confidential });
  await press(page, "继续");
  await page.getByRole("checkbox").check();
  await press(page, "提交诉求");
  const [number] = await page.locator(".slip code").allInnerTexts();
  await page.context().close();
  return number;
}

/** Enters by a code from the mail; the page of all own appeals. */
async function enter(email) {
  const page = await office.stranger({ width: 390 });
  await page.goto(`${office.url}/own`);
  await page.getByLabel("电子邮箱").fill(email);
  await press(page, "发送验证码");
  const outbox = await page.context().newPage();
  let code;
  for (let tries = 0; !code && tries < 40; tries += 1) {
    await outbox.goto(`${office.url}/outbox`);
    code = /\b\d{8}\b/.exec(await words(outbox))?.[0];
  }
  await page.getByLabel("验证码").fill(code);
  await press(page, "查看我的诉求");
  return page;
}

describe("an enterprise's account", () => {
  let open;
  let confidential;
  let page;

  it("is made by an officer who verified an address", async () => {
    open = await file("三号车间增容报装二十天没有人来看现场，两台印刷机开不了。", "no");
    confidential = await file("有人让我们找指定的施工队，不找就不给办。", "yes");
    const officer = await office.form("shift_head", "/enterprises/new");
    await send(officer);
    assert.match(await words(officer, ".error-summary"), /核实依据/);
    await check.sound(officer);
    await fill(officer, { credit_code: CODE.slice(0, -1) + "4", enterprise: FIRM, name: "张会计", email: ACCOUNTANT, basis: "licence" });
    await send(officer);
    assert.match(await words(officer, ".error-summary"), /校验位不符/);
    await fill(officer, { credit_code: CODE });
    await send(officer);
    await done(officer, /已核实登记/);
    await check.sound(officer);
    assert.ok(!(await officer.content()).includes(ACCOUNTANT), "the address is masked");
  });

  it("takes the address given in an appeal, which the officer has opened", async () => {
    const officer = await office.at("shift_head", `/search?q=${open}`);
    await leading(officer, officer.locator("form.look button").click());
    await check.sound(officer);
    await leading(officer, officer.locator("form[action$='/enterprise-address'] button").click());
    await done(officer, /已核实登记/);
    assert.equal(await officer.locator("main .panel").count(), 2);
  });

  it("shows a colleague what the enterprise filed, but not what is confidential", async () => {
    page = await enter(ACCOUNTANT);
    await check.sound(page);
    const list = await words(page);
    assert.ok(list.includes(`${FIRM}的其他诉求`) && list.includes(open) && !list.includes(confidential), list);
    await leading(page, page.getByRole("button", { name: open }).click());
    assert.match(await words(page), /您单位其他人员提交/);
    assert.ok(!(await page.content()).includes("13800005678"));
    assert.equal(await page.getByRole("link", { name: "撤回诉求" }).count(), 0);
    await check.sound(page);
  });

  it("ends with the address", async () => {
    const officer = await office.at("shift_head", "/enterprises");
    await check.sound(officer);
    await leading(officer, officer.getByRole("link", { name: FIRM }).click());
    const card = officer.locator("main .panel", { hasText: "张会计" });
    await card.locator("select[name=reason]").selectOption("left");
    await leading(officer, card.locator("button").click());
    await done(officer, /已撤销/);
    await page.goto(`${office.url}/track/matter`);
    assert.equal(new URL(page.url()).pathname, "/track", "at once");
    await page.goto(`${office.url}/own/appeals`);
    assert.ok(!(await words(page)).includes(open));
  });

  it("is sound in both sizes and languages", async () => {
    for (const view of views()) {
      const officer = await office.signIn("shift_head", view);
      for (const path of ["/enterprises", "/enterprises/new", `/enterprises/${CODE}`]) {
        await officer.goto(office.url + path);
        await check.sound(officer);
      }
      await officer.context().close();
    }
  });
});
