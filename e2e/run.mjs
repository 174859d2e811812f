// Runs every test file (or those named), a few side by side, each on a copy of a demo city that
// is made once. A browser that dies takes a whole file with it and says nothing about the
// product: a file that fails runs once more by itself, and only what fails twice fails.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeCity, removeCity } from "./lib/server.mjs";

/** Longer than any file takes on a slow machine: a page that hangs must not hang the run. */
const LONGEST_MS = 15 * 60 * 1000;
/** While one page waits for its server another has work to do. */
const ABREAST = 2;

const folder = fileURLToPath(new URL("tests", import.meta.url));

/** Whether a file passes; what it says is printed in one piece when it is over. */
async function passes(file, city) {
  const options = ["--test", "--test-reporter=spec", `--test-timeout=${LONGEST_MS}`];
  const env = { ...process.env, TONGXIN_E2E_CITY: city };
  const child = spawn(process.execPath, [...options, file], { env, stdio: ["ignore", "pipe", "pipe"] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => said.push(data));
  const [code] = await once(child, "close");
  process.stdout.write(`── ${basename(file)}\n`);
  process.stdout.write(Buffer.concat(said));
  return code === 0;
}

async function failing(files, city, abreast) {
  const waiting = [...files];
  const failed = [];
  const work = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      if (!(await passes(file, city))) failed.push(file);
    }
  };
  await Promise.all(Array.from({ length: abreast }, work));
  return failed;
}

const named = process.argv.slice(2);
const all = (await readdir(folder)).filter((name) => name.endsWith(".test.mjs")).sort();
const city = await makeCity();
try {
  const first = await failing(named.length > 0 ? named : all.map((name) => join(folder, name)), city, ABREAST);
  if (first.length > 0) console.log(`once more: ${first.join(", ")}`);
  const twice = await failing(first, city, 1);
  if (twice.length > 0) {
    console.log(`failed twice: ${twice.join(", ")}`);
    process.exitCode = 1;
  }
} finally {
  await removeCity(city);
}
