// Builds everything a browser loads into dist/: styles cut down to what the templates use,
// scripts, the icon sprite and the logo, each under a name that holds its content's hash.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, watch, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import esbuild from "esbuild";
import { cutStyles } from "./styles.mjs";
import { iconSprite } from "./sprite.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(here, "dist");
const watching = process.argv.includes("--watch");

/** What the first load of a public page may weigh, packed: styles, script, sprite, logo. */
const PORTAL_LIMIT = 60 * 1024;

async function build() {
  const files = new Map([
    ["portal.css", await cutStyles("portal", here, root)],
    ["desk.css", await cutStyles("desk", here, root)],
    ["portal.js", await script("portal")],
    ["desk.js", await script("desk")],
    ["icons.svg", await iconSprite(here)],
    ["favicon.svg", await readFile(join(here, "pictures/favicon.svg"), "utf8")],
  ]);
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  const manifest = {};
  const packed = {};
  for (const [name, text] of files) {
    manifest[name] = watching ? name : hashed(name, text);
    packed[name] = await write(manifest[name], text);
  }
  await writeFile(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  report(packed);
}

function hashed(name, text) {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 10);
  return name.replace(/\.(\w+)$/, `-${hash}.$1`);
}

/** Writes a file with its packed twins beside it; returns the packed size. */
async function write(name, text) {
  const bytes = Buffer.from(text);
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  await writeFile(join(dist, name), bytes);
  await writeFile(join(dist, `${name}.br`), brotli);
  const gzip = gzipSync(bytes, { level: 9 });
  await writeFile(join(dist, `${name}.gz`), gzip);
  return gzip.length;
}

async function script(name) {
  const result = await esbuild.build({
    entryPoints: [join(here, `src/${name}.ts`)],
    bundle: true,
    format: "esm",
    target: "es2020",
    minify: !watching,
    legalComments: "none",
    write: false,
  });
  return result.outputFiles[0].text;
}

function report(packed) {
  for (const [name, size] of Object.entries(packed)) {
    console.log(`${name.padEnd(12)} ${(size / 1024).toFixed(1).padStart(6)} KB packed`);
  }
  const first = ["portal.css", "portal.js", "icons.svg", "favicon.svg"]
    .map((name) => packed[name])
    .reduce((sum, size) => sum + size, 0);
  if (first > PORTAL_LIMIT) {
    throw new Error(`a public page loads ${first} bytes of styles and scripts, more than ${PORTAL_LIMIT}`);
  }
}

/** The folders whose files the build reads. */
async function sources() {
  const folders = [join(here, "src"), join(here, "styles"), join(here, "pictures")];
  for (const shelf of ["crates", "foundation", "features", "overviews"]) {
    const entries = await readdir(join(root, shelf), { recursive: true, withFileTypes: true });
    folders.push(
      ...entries
        .filter((entry) => entry.isDirectory() && entry.name === "templates")
        .map((entry) => join(entry.parentPath, entry.name)),
    );
  }
  return folders;
}

await build();
if (watching) {
  let waiting;
  for (const folder of await sources()) {
    (async () => {
      for await (const _ of watch(folder, { recursive: true })) {
        clearTimeout(waiting);
        waiting = setTimeout(() => build().catch((error) => console.error(error.message)), 100);
      }
    })();
  }
  console.log("watching; stop with Ctrl-C");
}
