// Runs every test file (or those named), one after the other. A browser that dies takes a
// whole file with it and says nothing about the product: a file that fails runs once more,
// and only what fails twice fails.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Longer than any file takes on a slow machine: a page that hangs must not hang the run. */
const LONGEST_MS = 15 * 60 * 1000;

const folder = fileURLToPath(new URL("tests", import.meta.url));

async function passes(file) {
  const options = ["--test", "--test-reporter=spec", `--test-timeout=${LONGEST_MS}`];
  const child = spawn(process.execPath, [...options, file], { stdio: "inherit" });
  const [code] = await once(child, "exit");
  return code === 0;
}

async function failing(files) {
  const failed = [];
  for (const file of files) if (!(await passes(file))) failed.push(file);
  return failed;
}

const named = process.argv.slice(2);
const all = (await readdir(folder)).filter((name) => name.endsWith(".test.mjs")).sort();
const first = await failing(named.length > 0 ? named : all.map((name) => join(folder, name)));
if (first.length > 0) console.log(`once more: ${first.join(", ")}`);
const twice = await failing(first);
if (twice.length > 0) {
  console.log(`failed twice: ${twice.join(", ")}`);
  process.exitCode = 1;
}
