// Style sheets: Tabler, then our own, cut down to what the templates of the workspace use.
// "As device" darkness is derived here from Tabler's rules for explicit darkness.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import esbuild from "esbuild";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";

/** Classes that scripts or browsers set, not templates. */
const KEPT = [/^htmx-/, "is-invalid", "large-type"];

const DARK = '[data-bs-theme=dark]';
const AUTO = '[data-bs-theme=auto]';

/** The text of one bundle, `portal` or `desk`. */
export async function cutStyles(bundle, here, root) {
  const tabler = await readFile(join(here, "node_modules/@tabler/core/dist/css/tabler.css"), "utf8");
  const own = await esbuild.build({
    entryPoints: [join(here, `styles/${bundle}.css`)],
    bundle: true,
    write: false,
  });
  const shelves = "{crates,foundation,features,overviews}";
  const [cut] = await new PurgeCSS().purge({
    content: [
      join(root, shelves, "**/templates/**/*.html"),
      join(root, "crates/platform/examples/gallery/*.html"),
      join(here, "src/*.ts"),
    ],
    css: [{ raw: withoutSourceMap(tabler) }],
    safelist: { standard: KEPT },
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    variables: false,
  });
  const css = withoutSourceMap(await cutVariables(`${cut.css}\n`, own.outputFiles[0].text));
  const result = await postcss([followDevice]).process(css, { from: undefined });
  const packed = await esbuild.transform(result.css, { loader: "css", minify: true, target: "es2020" });
  return packed.code;
}

function withoutSourceMap(css) {
  return css.replace(/\/\*# sourceMappingURL=.*?\*\//g, "").replace(/@charset "UTF-8";/g, "");
}

/** Drops custom properties of Tabler that no remaining rule reads. */
async function cutVariables(tabler, own) {
  const tree = postcss.parse(tabler);
  const rest = own;
  for (let dropped = true; dropped; ) {
    dropped = false;
    const read = new Set(`${tree}${rest}`.match(/var\(\s*--[\w-]+/g)?.map((use) => use.replace(/var\(\s*/, "")));
    tree.walkDecls(/^--/, (declaration) => {
      if (!read.has(declaration.prop)) {
        declaration.remove();
        dropped = true;
      }
    });
    tree.walkRules((rule) => {
      if (rule.nodes.length === 0) rule.remove();
    });
  }
  return `${tree}\n${rest}`;
}

/** Every rule for explicit darkness holds as well for "as device" on a dark device. */
const followDevice = {
  postcssPlugin: "follow-device",
  Once(tree, { AtRule }) {
    tree.walkRules((rule) => {
      const dark = rule.selectors.filter((selector) => selector.includes(DARK));
      if (dark.length === 0 || rule.parent.type === "atrule") return;
      const media = new AtRule({ name: "media", params: "(prefers-color-scheme: dark)" });
      media.append(rule.clone({ selectors: dark.map((selector) => selector.replaceAll(DARK, AUTO)) }));
      rule.after(media);
    });
  },
};
