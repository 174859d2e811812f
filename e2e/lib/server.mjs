// Starts what the tests visit: the product on a fresh demo city, or the gallery of building
// blocks. Each on a port of its own; `stop` ends it and removes its data.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** The password of every demo account in the tests. */
export const PASSWORD = "e2e-Demo-2026-同心";

/** The product; `TONGXIN_BIN` names the binary. */
export async function startProduct() {
  const binary = process.env.TONGXIN_BIN ?? join(root, "target/debug/tongxin");
  const data = await mkdtemp(join(tmpdir(), "tongxin-e2e-"));
  const env = { ...process.env, TONGXIN_DEMO_PASSWORD: PASSWORD };
  await run(binary, ["demo", "--data", data, "--no-serve"], { env });
  const server = await listen(binary, ["serve", "--data", data, "--listen", "127.0.0.1:0"], env);
  return {
    ...server,
    data,
    async stop() {
      await server.stop();
      // The demo city keeps its keys beside its data.
      for (const path of [data, `${data}.keys`]) await rm(path, { recursive: true, force: true });
      await rm(`${data}.keys`, { recursive: true, force: true });
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
