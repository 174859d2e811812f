// An appellant's way on a phone, in Chinese: file with a photo, be told what is wrong without
// losing what was typed, take the receipt home, track by number and code. No page needs
// scripts, so the whole way is walked once without them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { visitor } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { openOffice } from "../lib/desk.mjs";

const STORY = "六号厂房增容报装交了材料二十天，没有人来看现场。两台印刷机装好了开不了，月底要交货。";
const PHOTO = {
  name: "现场.jpg",
  mimeType: "image/jpeg",
  buffer: Buffer.from("ffd8ffe000040000ffda0002ffd9", "hex"),
};

const office = openOffice();

/** Walks as a visitor of its own, with `look` for what every page must be; nothing the policy
 *  of the pages refuses may be met. */
async function visiting(options, walk) {
  const context = await visitor(office.browser, { width: 390, ...options });
  const page = await context.newPage();
  const refused = [];
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && refused.push(message.text()));
  await walk(page, options.scripts === false ? check.fitsTheWidth : sound);
  assert.deepEqual(refused, [], "the content security policy refused something");
  await context.close();
}

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const path = (page) => new URL(page.url()).pathname;

/** What every page of the way must be. Axe needs scripts: a walk without them looks less. */
async function sound(page) {
  await check.sound(page);
  await check.thumbSized(page);
}

/** Answers everything up to the story. */
async function reachStory(page, look) {
  await page.goto(`${office.url}/`);
  await look(page);
  await page.getByRole("link", { name: "我要反映诉求" }).click();
  for (const answer of ["求助", "用电用水用气", "用电报装增容与供电可靠性"]) {
    await look(page);
    await page.getByRole("radio", { name: answer }).check();
    await press(page, "继续");
  }
  for (const field of ["county", "township"]) {
    await look(page);
    await page.locator(`input[name=${field}]`).first().check();
    await press(page, "继续");
  }
  assert.equal(path(page), "/appeals/new/story");
}

/** Answers everything and sends it; answers with number and code. */
async function file(page, look) {
  await reachStory(page, look);
  await page.getByLabel("诉求内容").fill(STORY);
  await press(page, "继续");
  await page.getByLabel("选择照片或文件").setInputFiles(PHOTO);
  await press(page, "继续");
  assert.equal(path(page), "/appeals/new/contact");
  await page.getByLabel("怎么称呼您").fill("王经理");
  await page.getByLabel("联系电话").fill("138 0000 1234");
  await page.getByRole("radio", { name: "请为我保密" }).check();
  await press(page, "继续");
  assert.equal(path(page), "/appeals/new/check");
  await look(page);
  const answers = await page.locator("main").innerText();
  for (const shown of [STORY, "现场.jpg", "王经理", "138 0000 1234", "请为我保密"]) assert.ok(answers.includes(shown), shown);
  await page.getByRole("checkbox").check();
  await press(page, "提交诉求");
  assert.equal(path(page), "/appeals/receipt");
  await look(page);
  return page.locator(".slip code").allInnerTexts();
}

/** Looks a matter up. */
async function track(page, number, code) {
  await page.goto(`${office.url}/track`);
  await page.getByLabel("编号").fill(number);
  await page.getByLabel("查询码").fill(code);
  await press(page, "查询");
}

describe("an appellant on a phone", () => {
  for (const scripts of [true, false]) {
    it(`files with a photo and tracks by number and code, ${scripts ? "with" : "without"} scripts`, () =>
      visiting({ scripts }, async (page, look) => {
        const [number, code] = await file(page, look);
        assert.match(number, /^\d{12,}$/);
        assert.match(code, /^\w{4}-\w{4}-\w{4}$/);
        await page.reload();
        assert.deepEqual(await page.locator(".slip code").allInnerTexts(), [number, code]);

        await page.context().clearCookies();
        await track(page, number, code.toLowerCase());
        assert.equal(path(page), "/track/matter");
        await look(page);
        await check.speaksChinese(page, ["jpg"]);
        assert.match(await page.locator("h1").innerText(), /等待决定是否受理/);
        await page.getByText("为什么是这一天？").click();
        assert.match(await page.locator(".standing").innerText(), /计入：/);

        await page.getByRole("link", { name: "留言" }).click();
        await page.getByLabel("留言内容").fill("请先打电话再来。");
        await press(page, "发送留言");
        assert.ok((await page.locator("main").innerText()).includes("请先打电话再来。"));
        await press(page, "退出查询");
        await page.goto(`${office.url}/track/matter`);
        assert.equal(path(page), "/track", "the device has forgotten the matter");
      }));
  }

  it("is told what is wrong beside each field and loses nothing", () =>
    visiting({}, async (page, look) => {
      await reachStory(page, look);
      await page.getByLabel("诉求内容").fill("停电");
      await press(page, "继续");
      assert.match(await page.title(), /^有误：/);
      assert.equal(await page.getByLabel("诉求内容").inputValue(), "停电");
      assert.equal(await page.getByLabel("诉求内容").getAttribute("aria-invalid"), "true");
      assert.ok(await page.locator(".error-summary").evaluate((box) => box === document.activeElement));
      await look(page);
      await page.getByLabel("诉求内容").fill(STORY);
      await press(page, "继续");

      const program = { name: "说明.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ not a paper") };
      await page.getByLabel("选择照片或文件").setInputFiles([PHOTO, program]);
      await page.getByText("“说明.pdf”的格式不能上传").waitFor();
      const files = await page.locator("main").innerText();
      assert.ok(files.includes("已上传 1 个") && files.includes("“说明.pdf”的格式不能上传"), files);
      await look(page);
      await press(page, "继续");

      await page.getByLabel("联系电话").fill("123");
      await page.getByLabel("统一社会信用代码").fill("91350100M000100Y44");
      await press(page, "继续");
      assert.equal(await page.locator(".error-summary li").count(), 4);
      assert.equal(await page.getByLabel("联系电话").inputValue(), "123");
      await look(page);
      await page.goto(`${office.url}/appeals/new`);
      assert.match(await page.locator("h1").innerText(), /没有提交/);
      await page.getByRole("link", { name: "接着填写" }).click();
      assert.equal(path(page), "/appeals/new/contact");
    }));

  it("is let in by the right code only", () =>
    visiting({}, async (page, look) => {
      const [number] = await file(page, look);
      const answers = [];
      for (const tried of [number, "209912319999"]) {
        await track(page, tried, "AAAA-BBBB-CCCC");
        assert.equal(path(page), "/track");
        assert.equal(await page.getByLabel("编号").inputValue(), tried);
        answers.push(await page.locator(".error-summary").innerText());
      }
      assert.equal(answers[0], answers[1], "a wrong code and an unknown number are answered alike");
      await look(page);
    }));
});
