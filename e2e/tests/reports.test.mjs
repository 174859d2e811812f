// An office's own Word file makes its reports: downloaded, laid out in Word, uploaded and looked
// at; a report made from it is changed by hand in Word, sent back and issued, with what was
// computed beside it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { openOffice } from "../lib/desk.mjs";
import { withBody, words } from "../lib/docx.mjs";

const office = openOffice();
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const file = (buffer, name = "日报模板.docx") => ({ name, mimeType: WORD, buffer });
const fetched = async (page, path) => {
  const answer = await page.request.get(new URL(path, page.url()).href);
  assert.ok(answer.ok(), `${path}: ${answer.status()}`);
  return answer.body();
};

describe("an office's own Word template", () => {
  it("is uploaded, previewed and put into use; a report is made from it, changed by hand and issued", async () => {
    const page = await office.at("shift_head", "/desk/reports/templates/daily");
    await check.sound(page);
    const start = await fetched(page, await page.getByRole("link", { name: "下载当前模板" }).getAttribute("href"));
    const own = withBody(start, (body) => body.replace("<w:body>", "<w:body><w:p><w:r><w:t>本单位值班室专用版式，来电{calls}个</w:t></w:r></w:p>"));

    const wrong = withBody(own, (body) => body.replace("{calls}", "{callz}"));
    await page.setInputFiles("input[name=file]", file(wrong));
    await page.getByRole("button", { name: "检查并上传" }).click();
    await page.locator(".error-summary").waitFor();
    assert.match(await page.locator(".error-summary").innerText(), /没有名为“callz”的数据，是否应为“calls”/);
    await check.sound(page);

    await page.setInputFiles("input[name=file]", file(own));
    await page.getByRole("button", { name: "检查并上传" }).click();
    await page.getByText(/本单位值班室专用版式，来电[\d,]+个/).waitFor();
    await check.sound(page);
    await page.getByRole("button", { name: "启用" }).click();
    await page.getByText("模板已保存").waitFor();

    await page.goto(`${office.url}/desk/reports`);
    await page.getByRole("radio", { name: "日报" }).check();
    await page.getByRole("button", { name: "生成报告" }).click();
    await page.getByText("报告已生成").waitFor();
    const path = new URL(page.url()).pathname;
    const computed = await fetched(page, `${path}/report.docx`);
    assert.match(words(computed), /本单位值班室专用版式，来电[\d,]+个/);
    await check.sound(page);

    await page.getByText("传回手工修改的 Word 文件").click();
    await check.sound(page);
    const changed = withBody(computed, (body) => body.replace("专用版式", "专用版式（已核）"));
    await page.setInputFiles("input[name=file]", file(changed, "日报.docx"));
    await page.getByRole("button", { name: "上传", exact: true }).click();
    await page.getByText("签发时以此文件为准").waitFor();
    await check.sound(page);
    await page.getByRole("button", { name: "签发" }).click();
    await page.getByText("已签发").first().waitFor();
    assert.match(words(await fetched(page, `${path}/report.docx`)), /专用版式（已核）/);
    assert.doesNotMatch(words(await fetched(page, `${path}/computed.docx`)), /已核/, "what was computed stays beside it");
    await page.goto(`${office.url}/desk/reports`);
    assert.match(await page.locator("tbody tr").first().innerText(), /手工修改/);
    await check.sound(page);
  });

  it("shows a report on a phone", async () => {
    const page = await office.signIn("shift_head", { width: 390 });
    await page.goto(`${office.url}/desk/reports`);
    await check.sound(page);
    await page.locator("a.row-title").first().click();
    await check.sound(page);
  });
});
