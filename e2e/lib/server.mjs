// Starts what the tests visit: the product on a fresh demo city, or the gallery of building
// blocks. Each on a port of its own; `stop` ends it and removes its data.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** The password of every demo account in the tests. */
export const PASSWORD = "e2e-Demo-2026-同心";

const binary = process.env.TONGXIN_BIN ?? join(root, "target/debug/tongxin");
const env = { ...process.env, TONGXIN_DEMO_PASSWORD: PASSWORD };

/** Makes a demo city in a folder of its own, which is the caller's to remove. */
export async function makeCity() {
  const data = await mkdtemp(join(tmpdir(), "tongxin-e2e-"));
  await run(binary, ["demo", "--data", data, "--no-serve"], { env });
  return data;
}

/** Runs a command of the shell; what it says, or an error with what it says. */
export const shell = async (...args) => (await run(binary, args, { env })).stdout;

/** A demo city keeps its keys beside its data. */
const parts = (data) => [data, `${data}.keys`];

/** Removes a demo city. */
export async function removeCity(data) {
  for (const path of parts(data)) await rm(path, { recursive: true, force: true });
}

/** The city to begin with: a copy of the one that was made for all files, or one of its own. */
async function freshCity() {
  const made = process.env.TONGXIN_E2E_CITY;
  if (!made) return makeCity();
  const data = await mkdtemp(join(tmpdir(), "tongxin-e2e-"));
  const to = parts(data);
  for (const [n, path] of parts(made).entries()) await cp(path, to[n], { recursive: true });
  return data;
}

/** The product; `TONGXIN_BIN` names the binary. */
export async function startProduct() {
  const data = await freshCity();
  const server = await listen(binary, ["serve", "--data", data, "--listen", "127.0.0.1:0"], env);
  return {
    ...server,
    data,
    async stop() {
      await server.stop();
      await removeCity(data);
    },
  };
}

/** The gallery; `TONGXIN_GALLERY` names the binary. */
export function startGallery() {
  const binary = process.env.TONGXIN_GALLERY ?? join(root, "target/debug/examples/gallery");
  return listen(binary, [], process.env);
}

/** Runs a server until it says where it listens. */
async function listen(binary, args, env) {
  const child = spawn(binary, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const said = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = /listening on (http:\/\/\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
    child.once("error", reject);
    ended.then(([code]) => reject(new Error(`${binary} ended with ${code} before it listened`)));
  });
  const url = await said;
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
