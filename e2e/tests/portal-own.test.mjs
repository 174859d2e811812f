// The appellant's whole way on a phone: a draft and a film that outlive a broken line, the QR
// code's link, all own appeals by a code sent to the e-mail, a redo, a report of pressure, the
// printed record.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { openOffice } from "../lib/desk.mjs";

const STORY = "园区变压器坏了三天没有人修，二十台机器停着，月底要交货。";
const EMAIL = "owner@example.cn";
/** An MP4 film of three parts. */
const FILM = {
  name: "现场.mp4",
  mimeType: "video/mp4",
  buffer: Buffer.concat([Buffer.from("00000018667479706d703432", "hex"), Buffer.alloc(1_300_000, 7)]),
};

const office = openOffice();

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const path = (page) => new URL(page.url()).pathname;

/** A phone of its own. */
async function phone(options = {}) {
  return office.stranger({ width: 390, ...options });
}

/** Answers everything up to the files; the category is found by its words. */
async function reachFiles(page) {
  await page.goto(`${office.url}/categories`);
  await page.getByLabel("您遇到的是什么事").fill("用电");
  await press(page, "查找");
  await check.sound(page);
  await page.getByRole("button", { name: /反映这类事/ }).first().click();
  await page.getByRole("radio", { name: "求助" }).check();
  await press(page, "继续");
  for (const field of ["county", "township"]) {
    await page.locator(`input[name=${field}]`).first().check();
    await press(page, "继续");
  }
  await page.getByLabel("诉求内容").fill(STORY);
  await press(page, "继续");
  assert.equal(path(page), "/appeals/new/files");
}

/** Files with the e-mail address; number and code. */
async function file(page) {
  await reachFiles(page);
  await press(page, "继续");
  await page.getByLabel("怎么称呼您").fill("李经理");
  await page.getByLabel("联系电话").fill("138 0000 4321");
  await page.getByLabel("电子邮箱").fill(EMAIL);
  await page.getByRole("radio", { name: "不用保密" }).check();
  await press(page, "继续");
  await page.getByRole("checkbox").check();
  await press(page, "提交诉求");
  return page.locator(".slip code").allInnerTexts();
}

describe("the appellant's whole way on a phone", () => {
  it("a film goes on after the line broke, and the draft with it", async () => {
    const page = await phone();
    await reachFiles(page);
    let parts = 0;
    await page.route("**/appeals/new/files/uploads/*", async (route) => {
      parts += 1;
      if (parts === 2) await route.abort("connectionreset");
      else await route.continue();
    });
    await page.getByLabel("选择照片或文件").setInputFiles(FILM);
    await page.getByText("已上传 1 个").waitFor();
    assert.ok(parts >= 4, `the part that broke off was sent again: ${parts}`);
    await check.sound(page);
    const again = await page.context().newPage();
    await again.goto(`${office.url}/appeals/new`);
    assert.match(await again.locator("h1").innerText(), /没有提交/);
    await again.getByRole("link", { name: "接着填写" }).click();
    await again.getByRole("link", { name: "返回" }).click();
    assert.ok((await page.locator("main").innerText()).includes("现场.mp4"));
    await page.context().close();
  });

  it("the QR code's link fills the form in and leaves no trace in the address", async () => {
    const page = await phone();
    const [number, code] = await file(page);
    await check.sound(page);
    await page.context().clearCookies();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto("about:blank");
    await page.goto(`${office.url}/track#${number}/${code}`);
    assert.equal(await page.getByLabel("查询码").inputValue(), code);
    assert.ok(!page.url().includes(code));
    assert.ok(asked.every((url) => new URL(url).pathname && !url.split("#")[0].includes(code)));
    await press(page, "查询");
    assert.equal(path(page), "/track/matter");
    await page.context().close();
  });

  it("all own appeals by a code from the mail; pressure reported; the record printed", async () => {
    const filing = await phone();
    const [number] = await file(filing);
    await filing.context().close();
    const page = await phone();
    await page.goto(`${office.url}/own`);
    await check.sound(page);
    await page.getByLabel("电子邮箱").fill(EMAIL);
    await press(page, "发送验证码");
    assert.equal(path(page), "/own/code");
    await check.sound(page);
    const outbox = await page.context().newPage();
    let code;
    for (let tries = 0; !code && tries < 40; tries += 1) {
      await outbox.goto(`${office.url}/outbox`);
      code = /\b\d{8}\b/.exec(await outbox.locator("main").innerText())?.[0];
    }
    await page.getByLabel("验证码").fill(code);
    await press(page, "查看我的诉求");
    assert.equal(path(page), "/own/appeals");
    await check.sound(page);
    await page.getByRole("button", { name: number }).click();
    assert.equal(path(page), "/track/matter");

    await page.getByRole("link", { name: "反映施压或打击报复" }).click();
    await check.sound(page);
    await page.getByRole("radio", { name: "身份被打听或泄露" }).check();
    await page.getByLabel("经过").fill("昨天下午有人到厂里打听是谁打的电话。");
    await press(page, "提交反映");
    assert.ok((await page.locator("main").innerText()).includes("正在核实处理"));
    await check.sound(page);

    await page.getByRole("link", { name: "打印全过程" }).click();
    assert.equal(path(page), "/track/record");
    assert.ok((await page.locator("main").innerText()).includes(STORY));
    await check.sound(page);
    await page.context().close();
  });

  it("public pages load little", async () => {
    for (const address of ["/", "/lines", "/categories", "/track", "/own", "/appeals/new/type"]) {
      const page = await phone();
      const bytes = await check.firstLoad(page, office.url + address);
      assert.ok(bytes < 120 * 1024, `${address} loads ${bytes} bytes`);
      await check.fitsTheWidth(page);
      await page.context().close();
    }
  });
});
