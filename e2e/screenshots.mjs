// Pictures of pages at both sizes and in both languages, into out/: to look at.
//   node screenshots.mjs http://127.0.0.1:8080 / /track        (add --dark, --large, --fold)
//   node screenshots.mjs gallery                              (the building blocks)
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch, views, visitor } from "./lib/browser.mjs";
import { startGallery } from "./lib/server.mjs";

const { values, positionals } = parseArgs({
  options: { dark: { type: "boolean" }, large: { type: "boolean" }, fold: { type: "boolean" } },
  allowPositionals: true,
});
const [target, ...paths] = positionals;
const gallery = target === "gallery" ? await startGallery() : undefined;
const base = gallery?.url ?? target;
const wanted = paths.length > 0 ? paths : ["/", "/forms", "/refused", "/track", "/desk", "/desk/matter", "/missing"];
const out = fileURLToPath(new URL("out", import.meta.url));
await mkdir(out, { recursive: true });
const browser = await launch();
for (const view of views()) {
  const context = await visitor(browser, { ...view, dark: values.dark });
  if (values.large) await context.addCookies([{ name: "letters", value: "large", url: base }]);
  const page = await context.newPage();
  for (const path of wanted) {
    await page.goto(new URL(path, base).href);
    const name = path.replaceAll(/[^\w]+/g, "-").replaceAll(/^-|-$/g, "") || "front";
    const kind = [view.width, view.locale, values.dark && "dark", values.large && "large"].filter(Boolean);
    await page.screenshot({ path: join(out, `${name}-${kind.join("-")}.png`), fullPage: !values.fold });
  }
  await context.close();
}
await browser.close();
await gallery?.stop();
