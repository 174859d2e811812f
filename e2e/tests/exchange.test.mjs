// What passes between platforms, in a browser: a partner is agreed on, its signed message becomes
// an appeal that shows its number there, a workbook is looked at and taken over, and what passed
// is listed with its delivery.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { openOffice } from "../lib/desk.mjs";

const office = openOffice();

/** Signed by the Standard Webhooks specification, as another platform would. */
async function said(code, secret, message) {
  const body = JSON.stringify(message);
  const seconds = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`msg_1.${seconds}.${body}`).digest("base64");
  return fetch(`${office.url}/api/v1/exchange/${code}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": "msg_1",
      "webhook-timestamp": seconds,
      "webhook-signature": `v1,${signature}`,
    },
    body,
  });
}

describe("the exchange", () => {
  it("takes what an agreed platform signs, and nothing else", async () => {
    const admin = await office.at("admin_system", "/admin/exchange/new");
    await check.sound(admin);
    await admin.fill("#code", "Board 1");
    await admin.fill("#name", "领导留言板（演示）");
    await admin.getByRole("radio", { name: /文件/ }).check();
    await admin.getByRole("button", { name: "保存" }).click();
    await admin.locator(".error-summary").waitFor();
    assert.equal(await admin.inputValue("#name"), "领导留言板（演示）", "what was typed stays");
    await admin.fill("#code", "board");
    await admin.getByRole("button", { name: "保存" }).click();
    const secret = await admin.locator("code.secret").innerText();
    await check.sound(admin);
    const number = `LYB${Date.now()}`;
    const message = {
      id: `m-${number}`,
      timestamp: new Date().toISOString(),
      type: "matter.handed_down",
      data: { number, due: "2099-12-31", title: "园区道路积水", text: "雨后积水三天未排。", contact: { name: "周先生", phone: "13900005678" } },
    };
    assert.equal((await said("board", "whsec_b3RoZXItc2VjcmV0LXRoYXQtaXMtbG9uZw==", message)).status, 401);
    const taken = await said("board", secret, message);
    assert.equal(taken.status, 200);
    assert.equal((await taken.json()).known, false);
    assert.equal((await (await said("board", secret, message)).json()).known, true);

    const page = await office.at("dispatcher", "/exchange?partner=board");
    await check.sound(page);
    await page.getByRole("link", { name: number }).click();
    await page.getByRole("heading", { name: "往来消息" }).waitFor();
    await check.sound(page);
    await page.locator("main a[href^='/matters/']").click();
    assert.match(await page.locator("main").innerText(), new RegExp(number));
  });

  it("shows what went up and down in the city", async () => {
    const page = await office.at("shift_head", "/exchange");
    assert.match(await page.locator("main").innerText(), /省12345热线平台[\s\S]*甲县政务服务平台|甲县政务服务平台[\s\S]*省12345热线平台/);
    await page.setViewportSize({ width: 390, height: 844 });
    await check.fitsTheWidth(page);
  });

  it("takes a workbook over once it was looked at", async () => {
    const page = await office.at("dispatcher", "/exchange/partners/province/sheet");
    await check.sound(page);
    const csv = "来件编号,办结时限,标题,诉求内容\nSJ-E2E-1,2099-12-31,路口信号灯故障,早晚高峰拥堵。\nSJ-E2E-2,某天,路面破损,坑洼。\n";
    await page.setInputFiles("input[type=file]", { name: "a.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.getByRole("button", { name: "检查" }).click();
    await page.getByText("时限须为日期或日期时间").waitFor();
    await check.sound(page);
    await page.getByRole("button", { name: "导入 1 件" }).click();
    await page.getByText("登记了 1 件诉求").waitFor();
  });
});
