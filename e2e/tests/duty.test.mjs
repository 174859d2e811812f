// A shift is handed over: what is open is counted by the product, with its lights; who leaves
// writes the rest, and the head of the next shift signs for it, on a phone.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { fill, openOffice, send } from "../lib/desk.mjs";

const office = openOffice();
const WORDS = "本班正常。双水湾园区停电一事已催供电公司，夜班继续跟进。";

describe("a shift", () => {
  let record;

  it("is handed over with what is open and what was promised; nothing typed is lost", async () => {
    const page = await office.form("shift_head", "/desk/duty/handovers/new");
    await check.sound(page);
    const open = page.locator("main");
    assert.match(await open.innerText(), /在办/);
    assert.ok((await open.locator(".light").count()) > 0, "what is open stands there with its lights");

    await fill(page, { words: WORDS });
    await send(page);
    await page.locator(".error-summary").waitFor();
    assert.equal(await page.locator("[name=words]").inputValue(), WORDS);
    await check.sound(page);

    await fill(page, { shift: "今日白班", promised: "答应来电企业明日上午九时前回电。" });
    await send(page);
    await page.getByText("已交班，等待接班人签字").waitFor();
    record = new URL(page.url()).pathname;
    await check.sound(page);
    assert.equal(await page.getByRole("button", { name: "签字接班" }).count(), 0, "nobody signs for their own");
  });

  it("is taken over by the head of the next", async () => {
    const page = await office.signIn("shift_head.night", { width: 390 });
    await page.goto(`${office.url}${record}`);
    await check.sound(page);
    assert.match(await page.locator("main").innerText(), /双水湾园区停电/);
    await page.getByRole("button", { name: "签字接班" }).click();
    await page.getByText("已签字接班").waitFor();
    await page.goto(`${office.url}/desk/duty`);
    await check.sound(page);
    const row = page.locator("tr", { has: page.locator(`a[href="${record}"]`) });
    assert.doesNotMatch(await row.innerText(), /待接班/);
  });
});
