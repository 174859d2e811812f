// A county office makes a register out of nothing: by forms alone, with a template that Excel
// fills in, and without anybody's help. The whole path as someone clicks it.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { done, fill, leading, openOffice, send, words } from "../lib/desk.mjs";
import { shell } from "../lib/server.mjs";
import { dropDowns, firstSheet, withRow } from "../lib/xlsx.mjs";

const office = openOffice();
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const follow = (page, name) => leading(page, page.locator("main a, .desk-actions a", { hasText: name }).first().click());
const add = (page, kind) => leading(page, page.locator(".register-kinds a", { hasText: kind }).first().click());

describe("a register of one's own", () => {
  it("comes of forms and a filled template, from nothing to a list of records", async () => {
    const page = await office.at("registers.lx", "/registers");
    await follow(page, "新建台账");
    await fill(page, { zh: "企业走访台账", about: "记录每次上门走访" });
    await check.sound(page);
    await send(page);
    const editor = page.url();

    await add(page, "选项");
    await fill(page, { zh: "走访方式", options: "上门\n电话", required: true, filtered: true });
    await check.sound(page);
    await send(page);
    await add(page, "日期");
    await fill(page, { zh: "走访日期", required: true });
    await send(page);
    await add(page, "金额");
    await fill(page, { zh: "年产值", unit: "wan" });
    await send(page);
    assert.equal(page.url(), editor);
    await check.sound(page);

    // What no register may hold is refused beside the name, and what was typed stays.
    await add(page, "文本");
    await fill(page, { zh: "政治面貌" });
    await send(page);
    assert.match(await words(page, "#zh-error"), /任何台账都不得采集/);
    assert.equal(await page.locator("#zh").inputValue(), "政治面貌");
    await check.sound(page);
    await fill(page, { zh: "联系人岗位" });
    await send(page);

    await follow(page, "发布");
    await check.sound(page);
    await send(page);
    await done(page, /台账已启用/);
    const list = new URL(page.url()).pathname;
    await check.sound(page);

    // The template is what Excel opens: headers in Chinese, lists to pick from.
    await follow(page, "导入");
    const loaded = page.waitForEvent("download");
    await page.locator("main a", { hasText: "模板" }).click();
    const template = await readFile(await (await loaded).path());
    const head = firstSheet(template).find((row) => row.includes("名称*"));
    assert.deepEqual(head, ["所属单位", "名称*", "走访方式*", "走访日期*", "年产值（万元）", "联系人岗位"]);
    assert.deepEqual(dropDowns(template).map((list) => list.choices), [["上门", "电话"]]);
    const filled = withRow(template, ["", "示例茶厂", "上门", "2026-11-20", "1200", "负责人"]);
    const wrong = withRow(filled, ["", "示例砖厂", "写信", "2026-11-20", "", ""]);
    await page.locator("#file").setInputFiles({ name: "走访.xlsx", mimeType: XLSX, buffer: wrong });
    await leading(page, page.locator('button[name="intent"][value="check"]').click());
    assert.match(await words(page), /写信|请从以下选项中选：上门、电话/);
    await check.sound(page);
    const errors = page.waitForEvent("download");
    await page.locator('button[name="intent"][value="errors"]').click();
    const told = firstSheet(await readFile(await (await errors).path()));
    assert.ok(told.some((row) => row.includes("示例砖厂") && row.at(-1).includes("走访方式")), JSON.stringify(told));
    await leading(page, page.locator('button[name="intent"][value="take"]').click());
    assert.match(await words(page), /导入了 1 行/);
    await leading(page, page.locator("main a", { hasText: "列表" }).first().click());
    assert.equal(new URL(page.url()).pathname, list);
    assert.match(await words(page, "main tbody"), /示例茶厂[\s\S]*上门[\s\S]*1,200 万元/);

    // One more by the form: the unit stands there by its name.
    await follow(page, "新增条目");
    assert.equal(await page.locator("#unit").inputValue(), "娄星区");
    await fill(page, { name: "示例农机厂", "zffs": "dh", "zfrq": "2026-11-21" });
    await send(page);
    assert.match(await words(page, "h1"), /示例农机厂/);
    await follow(page, "企业走访台账");
    assert.match(await words(page, ".list-found"), /共 2 条/);
  });

  it("changes by a file from the shell while the product runs", async () => {
    const page = await office.at("registers", "/registers/teams/definition/source");
    const before = await page.locator("#toml").inputValue();
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const field = '\n[[field]]\ncode = "motto"\nzh = "服务口号"\nen = "Motto"\nkind = "text"\nlisted = true\n';
    const version = Number(before.match(/^version = (\d+)/m)[1]) + 1;
    const text = before
      .replace(/^version = .*/m, `version = ${version}`)
      .replace(/^effective_from = .*/m, `effective_from = "${today}"`);
    const folder = await mkdtemp(join(tmpdir(), "tongxin-register-"));
    const file = join(folder, "teams.toml");
    const publish = () => shell("publish", "register", file, "--data", office.product.data);
    await writeFile(file, `${text}\n[[field]]\ncode = "creed"\nzh = "宗教信仰"\nkind = "text"\n`);
    await assert.rejects(publish, /第 \d+ 行 field.zh.*任何台账都不得采集/);
    await writeFile(file, text + field);
    assert.match(await publish(), /published/);
    const form = await office.at("registers", "/registers/teams/new");
    assert.match(await words(form), /服务口号/);
    const list = await office.at("registers", "/registers/teams");
    assert.match(await words(list, "main"), /服务口号/);
    assert.match(await words(list, ".list-found"), /共 18 条/, "what there was is there");
    await rm(folder, { recursive: true });
  });

  it("is not another county's to change, nor the city's its own", async () => {
    const page = await office.at("registers.lx", "/registers/sites/definition");
    assert.doesNotMatch(await words(page, "body"), /修改定义/);
    await check.sound(page);
  });
});
