// What must hold on every page; each check fails with the places where it does not.
import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";

/** WCAG 2.2 level AA as far as a machine can tell. */
export async function accessible(page) {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const found = violations.map((violation) => {
    const places = violation.nodes.map((node) => `  ${node.target.join(" ")}: ${node.failureSummary}`);
    return `${violation.id}: ${violation.help}\n${places.join("\n")}`;
  });
  assert.equal(found.length, 0, `${page.url()}\n${found.join("\n")}`);
}

/** Nothing sticks out sideways. */
export async function fitsTheWidth(page) {
  const culprits = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
      .slice(0, 5);
  });
  assert.deepEqual(culprits, [], `${page.url()} is wider than its window`);
}

/** No message key stands where words should. */
export async function speaksWords(page) {
  const text = await visibleText(page);
  const keys = text.match(/(?<![\w./@-])[a-z]+(?:-[a-z0-9]+){2,}(?![\w./@-])|\brefusal-[a-z-]+/g) ?? [];
  assert.deepEqual(keys, [], `${page.url()} shows what look like message keys`);
}

/** Latin words that a Chinese page may hold. */
const LATIN = new Set(["English", "JPG", "PNG", "PDF", "MB", "KB", "Excel", "WPS", "Alt", "Ctrl", "Enter", "Tab", "Shift", "Esc", "km"]);

/** A Chinese page holds no stray English; `allowed` adds words of this page's own data. */
export async function speaksChinese(page, allowed = []) {
  const words = (await visibleText(page)).match(/(?<![\w-])[A-Za-z]{2,}(?![\w-])/g) ?? [];
  const stray = words.filter((word) => !LATIN.has(word) && !allowed.includes(word));
  assert.deepEqual(stray, [], `${page.url()} mixes English into Chinese`);
}

/** An English page holds no stray Chinese but the name of the other language. */
export async function speaksEnglish(page, allowed = []) {
  const words = (await visibleText(page)).match(/[\u4e00-\u9fff]+/g) ?? [];
  const stray = words.filter((word) => word !== "中文" && !allowed.includes(word));
  assert.deepEqual(stray, [], `${page.url()} mixes Chinese into English`);
}

/** All of the above that hold whatever the page is about. */
export async function sound(page) {
  await fitsTheWidth(page);
  await speaksWords(page);
  await accessible(page);
}

/** Every control that a thumb must hit is at least 44 px high on a phone; links within text
 *  are excepted (WCAG 2.5.8), small buttons at least 24 px. */
export async function thumbSized(page) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll(".btn:not(.btn-sm), .switch, input:not([type=hidden], .form-check-input), select, textarea, nav a, .tick")]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 43.5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.getBoundingClientRect().height}`),
  );
  assert.deepEqual(small, [], `${page.url()} has controls too small for a thumb`);
}

/** What a first visit to a page loads, in bytes as packed on the wire. */
export async function firstLoad(page, url) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  await page.goto(url, { waitUntil: "networkidle" });
  return bytes;
}

function visibleText(page) {
  return page.evaluate(() => document.body.innerText);
}
