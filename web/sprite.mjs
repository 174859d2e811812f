// One SVG file with every icon the templates may name, from @tabler/icons (MIT).
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The sprite's text; each symbol is called as in icons.json. */
export async function iconSprite(here) {
  const names = JSON.parse(await readFile(join(here, "icons.json"), "utf8"));
  const symbols = await Promise.all(
    Object.entries(names).map(async ([name, source]) => {
      const file = join(here, "node_modules/@tabler/icons/icons/outline", `${source}.svg`);
      const drawing = (await readFile(file, "utf8"))
        .replace(/^[\s\S]*?<svg[^>]*>/, "")
        .replace(/<\/svg>\s*$/, "")
        .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, "")
        .replace(/\s*\n\s*/g, "");
      return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${drawing}</symbol>`;
    }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}
