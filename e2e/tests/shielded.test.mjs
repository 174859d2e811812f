// A confidential appeal, filed by the appellant, and then hunted: who handles it, who signs
// off there and who supervises look for every word that could give the appellant away, in
// lists, searches, workbooks, papers, documents, texts to copy, the API. None is found.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { fill, nodes, openOffice } from "../lib/desk.mjs";
import { unzip } from "../lib/xlsx.mjs";

const NAME = "欧阳守拙";
const PHONE = "13800006653";
const FIRM = "娄底甲寅锣鼓乐器厂";
const EMAIL = "shouzhuo@example.cn";
const WORDS = "祖传三代只此一家做云锣";
/** All of it, and the pieces by which it would be recognised as well. */
const SECRETS = [NAME, "守拙", PHONE, "****6653", FIRM, "锣鼓乐器", EMAIL, "shouzhuo", WORDS, "云锣"];
const REDACTED = "某制造企业反映用工补贴迟迟未发";
const HANDLERS = ["liaison.ld-rs", "head.ld-rs", "supervisor"];
const PHOTO = { name: `${NAME}的车间.jpg`, mimeType: "image/jpeg", buffer: Buffer.from("ffd8ffe000040000ffda0002ffd9", "hex") };

const office = openOffice();

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

/** Files as the appellant does, on a phone; number and code. */
async function file() {
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
  await page.getByLabel("诉求内容").fill(`我是${NAME}，${FIRM}${WORDS}，用工补贴半年没有发下来。请打${PHONE}。`);
  await press(page, "继续");
  await page.getByLabel("选择照片或文件").setInputFiles(PHOTO);
  await page.getByText("已上传 1 个").waitFor();
  await press(page, "继续");
  await page.getByLabel("怎么称呼您").fill(NAME);
  await page.getByLabel("联系电话").fill(PHONE);
  await page.getByLabel("电子邮箱").fill(EMAIL);
  await page.getByLabel("企业名称").fill(FIRM);
  await page.getByRole("radio", { name: "请为我保密" }).check();
  await press(page, "继续");
  await page.getByRole("checkbox").check();
  await press(page, "提交诉求");
  const [number, code] = await page.locator(".slip code").allInnerTexts();
  await page.context().close();
  return { number, code };
}

/** What an address answers, unpacked where it is a workbook or a document. */
async function source(page, path) {
  const answer = await page.request.get(office.url + path);
  const body = await answer.body();
  if (!body.subarray(0, 2).equals(Buffer.from("PK"))) return { answer, text: body.toString("utf8") };
  const parts = [...unzip(body)].map(([name, bytes]) => `${name}\n${bytes.toString("utf8")}`);
  return { answer, text: parts.join("\n") };
}

describe("a confidential appeal", () => {
  let matter;
  let node;

  it("is filed, redacted and assigned", async () => {
    const receipt = await file();
    const found = await office.at("intake", `/search?q=${receipt.number}`);
    matter = { ...receipt, path: new URL(found.url()).pathname };
    assert.match(matter.path, /^\/matters\/[\w-]+$/, "the whole number opens the matter");
    await office.step("intake", `${matter.path}/redaction`, { title: REDACTED, text: "诉求人反映用工补贴半年未发，希望明确发放时间。" });
    await office.step("intake", `${matter.path}/acceptance`, { demands: "明确发放时间", category: { index: 3 }, urgency: "general" });
    const page = await office.assign("dispatcher", `${matter.path}/assignments`, "ld-rs");
    node = matter.path + (await nodes(page)).at(-1);
    await office.click("liaison.ld-rs", matter.path, `${node}/signature`);
  });

  for (const user of HANDLERS) {
    it(`gives nothing away to ${user}`, async () => {
      const page = await office.as(user);
      const paths = ["/desk", "/desk?tab=all", "/desk?tab=working", matter.path, node, "/desk/export?tab=all", "/statistics/rows?cell=accepted"];
      paths.push("/statistics/rows.xlsx?cell=accepted", `/api/v1${matter.path}`, "/api/v1/matters", `/search?q=${encodeURIComponent("用工补贴")}`);
      for (const paper of ["assignment", "assignment.docx", "sign-off", "sign-off.docx"]) paths.push(`${node}/papers/${paper}`);
      for (const step of ["contact", "progress", "response", "interval"]) paths.push(`${node}/${step}`);
      let met = 0;
      for (const path of paths) {
        const { answer, text } = await source(page, path);
        assert.ok(answer.status() < 500, `${path} answers ${answer.status()}`);
        if (text.includes(REDACTED)) met += 1;
        for (const secret of SECRETS) assert.ok(!text.includes(secret), `${path} holds ${secret} for ${user}`);
        const named = answer.headers()["content-disposition"] ?? "";
        for (const secret of SECRETS) assert.ok(!decodeURIComponent(named).includes(secret), `${path} is named by ${secret}`);
      }
      assert.ok(met >= 6, `${user} met the matter itself only ${met} times`);
    });

    it(`is not found by what ${user} may guess`, async () => {
      const page = await office.as(user);
      for (const secret of SECRETS) {
        const asked = encodeURIComponent(secret);
        for (const path of [`/search?q=${asked}`, `/desk?tab=all&q=${asked}`, `/desk/export?tab=all&q=${asked}`, `/api/v1/matters?q=${asked}`]) {
          const { text } = await source(page, path);
          // What was asked for stands in its field; the matter must not stand under it. The
          // API knows no search and answers as without one.
          if (!path.startsWith("/api")) assert.ok(!text.includes(REDACTED), `${path} leads ${user} to the matter`);
          for (const other of SECRETS.filter((one) => !secret.includes(one) && !one.includes(secret))) {
            assert.ok(!text.includes(other), `${path} holds ${other}`);
          }
        }
      }
    });
  }

  it("tells the appellant who asked to see the identity, and why", async () => {
    const reason = "须核对补贴申领人与花名册。";
    await office.step("liaison.ld-rs", `${matter.path}/openings`, { reason });
    await office.step("shift_head", `${matter.path}/opening-decision`, { approve: "yes" });
    const opened = await office.click("liaison.ld-rs", matter.path, `${matter.path}/contact`);
    assert.ok((await opened.locator("main").innerText()).includes(PHONE));
    const head = await office.at("head.ld-rs", matter.path);
    assert.ok(!(await head.content()).includes(PHONE), "it is open to who asked alone");
    const appellant = await office.appellant(matter, { width: 390 });
    const told = await appellant.locator("main").innerText();
    assert.ok(told.includes(reason) && told.includes("人力资源和社会保障局"), told);
    await check.sound(appellant);
  });
});
