// The building blocks themselves, and with them the checks that every page's test relies on.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { launch, views, visitor } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { startGallery } from "../lib/server.mjs";

const PAGES = ["/", "/forms", "/refused", "/track", "/desk", "/desk/matter", "/no-such-page"];

let gallery;
let browser;
before(async () => ([gallery, browser] = await Promise.all([startGallery(), launch()])));
after(async () => {
  await browser?.close();
  await gallery?.stop();
});

/** Runs a test as a visitor of its own. */
async function visiting(options, test) {
  const context = await visitor(browser, options);
  const page = await context.newPage();
  const refused = [];
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && refused.push(message.text()));
  await test(page);
  assert.deepEqual(refused, [], "the content security policy refused something");
  await context.close();
}

for (const { width, locale } of views()) {
  for (const dark of [false, true]) {
    describe(`${width} px, ${locale}, ${dark ? "dark" : "light"}`, () => {
      for (const path of PAGES) {
        it(path, () =>
          visiting({ width, locale, dark }, async (page) => {
            await page.goto(gallery.url + path);
            await check.sound(page);
            if (locale === "en") await check.speaksEnglish(page);
            else await check.speaksChinese(page, ["QP", "MXD", "RTW"]);
            if (width === 390) await check.thumbSized(page);
          }));
      }
    });
  }
}

describe("without JavaScript", () => {
  it("language, theme and letters can be switched and lead back", () =>
    visiting({ width: 390, scripts: false }, async (page) => {
      await page.goto(`${gallery.url}/track`);
      await page.getByRole("button", { name: "English" }).click();
      assert.equal(new URL(page.url()).pathname, "/track");
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      await page.locator("summary.switch").first().click();
      await page.getByRole("button", { name: "Dark" }).click();
      assert.equal(await page.locator("html").getAttribute("data-bs-theme"), "dark");
      await page.locator("summary.switch").first().click();
      await page.getByRole("button", { name: "Large" }).click();
      assert.match(await page.locator("html").getAttribute("class"), /large-type/);
      await check.fitsTheWidth(page);
    }));
});

describe("a refused form", () => {
  it("says so in the title, at the top and beside the fields, and keeps what was typed", () =>
    visiting({ locale: "en" }, async (page) => {
      await page.goto(`${gallery.url}/refused`);
      assert.match(await page.title(), /^Error: /);
      assert.ok(await page.locator(".error-summary").evaluate((box) => box === document.activeElement));
      await page.getByRole("link", { name: "Enter an 11-digit mobile number" }).click();
      const phone = page.getByLabel("Phone number");
      assert.ok(await phone.evaluate((field) => field === document.activeElement));
      assert.equal(await phone.inputValue(), "1380000");
      assert.equal(await phone.getAttribute("aria-invalid"), "true");
      assert.equal(await phone.getAttribute("aria-describedby"), "phone-error");
    }));
});

describe("large letters", () => {
  for (const path of PAGES) {
    it(`${path} still fits a phone`, () =>
      visiting({ width: 390 }, async (page) => {
        await page.context().addCookies([{ name: "letters", value: "large", url: gallery.url }]);
        await page.goto(gallery.url + path);
        await check.fitsTheWidth(page);
      }));
  }
});

describe("weight", () => {
  it("a public page's first load stays under 120 KB", () =>
    visiting({ width: 390 }, async (page) => {
      const bytes = await check.firstLoad(page, `${gallery.url}/`);
      assert.ok(bytes > 1000 && bytes < 120 * 1024, `${bytes} bytes`);
    }));
});

describe("the checks themselves", () => {
  const failing = {
    accessible: "<img src='x'>",
    fitsTheWidth: "<table width='9999'><tr><td>x</td></tr></table>",
    speaksWords: "<p>appeal-form-title</p>",
    speaksChinese: "<p>please wait</p>",
    speaksEnglish: "<p>请稍候</p>",
    thumbSized: "<button class='btn' style='height:20px;min-height:0'>x</button>",
  };
  for (const [name, html] of Object.entries(failing)) {
    it(`${name} notices a defect`, () =>
      visiting({ width: 390 }, async (page) => {
        await page.setContent(`<!doctype html><html lang="en"><title>x</title><main>${html}</main>`);
        await assert.rejects(check[name](page));
      }));
  }
});
