// The pages beside the matters, as the people whose pages they are: accounts, grants, tokens,
// audit, network, figures. Each in both sizes and languages; nobody is sent into a dead end.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LOCALES, VIEWPORTS } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { openOffice } from "../lib/desk.mjs";

/** Who visits what. A path that ends in `*` is the first page linked below it. */
const ROUNDS = {
  admin_system: ["/account", "/account/password", "/admin/accounts", "/admin/accounts/new", "/admin/accounts/*"],
  admin_security: ["/admin/grants", "/admin/grants/*", "/admin/tokens"],
  admin_audit: ["/admin/audit", "/admin/audit?tab=access"],
  leader: ["/statistics", "/statistics/rows*", "/network", "/network/units/ld-ydb", "/network/duties"],
  supervisor: ["/desk", "/statistics?from=2026-11-01", "/network?q=%E4%BD%8F%E5%BB%BA"],
};

const office = openOffice();

/** The path itself, or the first page that the page above it links to. */
async function resolve(page, path) {
  if (!path.endsWith("*")) return path;
  const above = path.slice(0, -1);
  await page.goto(office.url + above.replace(/\/(rows)?$/, ""));
  const links = await page.locator("main a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  const found = links.find((href) => href.startsWith(above) && !href.endsWith("/new"));
  assert.ok(found, `${page.url()} links to nothing below ${above}`);
  return found;
}

/** Words and widths in every view; accessibility once per size and once per language, since
 *  it is the slow one and the markup is the same. */
async function sound(page, { width, locale }) {
  await check.fitsTheWidth(page);
  await check.speaksWords(page);
  if (width < 600) await check.thumbSized(page);
  if ((width < 600) === (locale === "zh-CN")) await check.accessible(page);
}

/** Walks `work` in both sizes and languages. */
async function inEveryView(page, work) {
  for (const width of Object.keys(VIEWPORTS)) {
    await page.setViewportSize(VIEWPORTS[width]);
    for (const locale of LOCALES) {
      await page.context().addCookies([{ name: "language", value: locale, url: office.url }]);
      await work({ width: Number(width), locale });
    }
  }
}

describe("the pages beside the matters", () => {
  for (const [user, paths] of Object.entries(ROUNDS)) {
    it(`are sound for ${user}`, async () => {
      const page = await office.signIn(user);
      for (const path of paths) {
        const found = await resolve(page, path);
        await inEveryView(page, async (view) => {
          const answer = await page.goto(office.url + found);
          assert.equal(answer.status(), 200, found);
          await sound(page, view);
          assert.ok((await page.locator(".desk-nav a").count()) > 1, `${found} is a dead end`);
        });
      }
      await page.context().close();
    });
  }

  it("say in words what is not there, not allowed or not signed in", async () => {
    const page = await office.signIn("leader");
    const dead = { "/network/units/none": 404, "/admin/accounts": 403, "/statistics?from=1&from=2": 400 };
    for (const [path, status] of Object.entries(dead)) {
      await inEveryView(page, async (view) => {
        const answer = await page.goto(office.url + path);
        assert.equal(answer.status(), status, path);
        await sound(page, view);
        assert.equal(await page.locator("main a.btn").getAttribute("href"), "/desk");
      });
    }
    await page.context().clearCookies();
    await inEveryView(page, async (view) => {
      await page.goto(`${office.url}/statistics?from=2026-11-01`);
      assert.equal(new URL(page.url()).pathname, "/login");
      assert.equal(await page.locator("input[name=next]").inputValue(), "/statistics?from=2026-11-01");
      await sound(page, view);
    });
    await page.context().close();
  });
});
