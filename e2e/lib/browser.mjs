// Chromium as the tests see it: the system's own, headless, silent towards the network.
import { chromium } from "playwright-core";

/** Sizes that every page must look right in: a phone and an office desktop. */
export const VIEWPORTS = { 390: { width: 390, height: 844 }, 1366: { width: 1366, height: 768 } };

/** Languages that every page must speak. */
export const LOCALES = ["zh-CN", "en"];

/** A browser; close it when done. `CHROMIUM` names another binary than Debian's. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // A microphone that is always allowed and hears a tone, for what is recorded on a page.
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
    ],
  });
}

/** A visitor with their own cookies: width, language, light or dark, with or without scripts. */
export function visitor(browser, { width = 1366, locale = "zh-CN", dark = false, scripts = true } = {}) {
  return browser.newContext({
    viewport: VIEWPORTS[width],
    locale,
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: scripts,
    reducedMotion: "reduce",
    isMobile: width < 600,
    hasTouch: width < 600,
  });
}

/** Every combination of size and language. */
export function* views() {
  for (const width of Object.keys(VIEWPORTS).map(Number)) {
    for (const locale of LOCALES) yield { width, locale };
  }
}
