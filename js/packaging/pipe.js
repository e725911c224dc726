// A Worker that pipes the body of a request through `stream()`: in pieces of any size the same bytes, and memory that does not grow with it.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import workerd from "workerd";

import { COMPATIBILITY_DATE, makeWorker } from "./hosts.js";
import { at } from "./project.js";

const MB = 1 << 20;
const SIZES = [2 * MB, 200 * MB];
// What workerd itself keeps of every chunk until the request ends, and when it collects, depends on the machine: a stream that only
// copies is measured beside ours, and ours may grow by this much more.
const GROWTH = 32 * MB;
const SECRETS = "to ana@example.com, password=hunter2 and 4111 1111 1111 1111\n";

/** A service of that Worker alone, without what miniflare puts before it. */
function config(modules) {
  const embedded = modules.map((name) => `(name = "${name}", ${name.endsWith(".js") ? "esModule" : "wasm"} = embed "${name}")`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "pipe", worker = (compatibilityDate = "${COMPATIBILITY_DATE}", modules = [${embedded.join(", ")}]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "pipe")],
);
`;
}

async function withWorkerd(folder, use) {
  const server = spawn(workerd.default, ["serve", "--control-fd=3", "config.capnp"], { cwd: folder, stdio: ["ignore", "inherit", "inherit", "pipe"] });
  const exit = new Promise((done) => server.on("exit", done));
  try {
    const port = await new Promise((ready, fail) => {
      server.stdio[3].once("data", (message) => ready(JSON.parse(message).port));
      exit.then(() => fail(new Error("workerd ended")));
    });
    return await use(port, server.pid);
  } finally {
    server.kill();
    await exit;
  }
}

/** Sends a body in pieces of 1 byte to 256 KB and answers the digest of what comes back. */
function piped(port, path, block, times) {
  return new Promise((done, fail) => {
    const sending = request({ port, path, method: "POST" }, (response) => {
      const digest = createHash("sha256");
      response.on("data", (chunk) => digest.update(chunk)).on("end", () => done(digest.digest("hex"))).on("error", fail);
    });
    sending.on("error", fail);
    let state = 1;
    (async () => {
      for (let n = 0; n < times; n += 1) {
        for (let from = 0; from < block.length; ) {
          state = (state * 48271) % 0x7fffffff;
          const size = 2 ** (state % 19);
          if (!sending.write(block.subarray(from, from + size))) await new Promise((drained) => sending.once("drain", drained));
          from += size;
        }
      }
      sending.end();
    })().catch(fail);
  });
}

/** The most memory that a process ever had, from Linux. */
const peak = (pid) => Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;

const digestOf = (text, times) => {
  const digest = createHash("sha256");
  for (let n = 0; n < times; n += 1) digest.update(text);
  return digest.digest("hex");
};

/**
 * Pipes a small body and a large one, through a stream that copies and through ours, each in a workerd of its own; prints their peaks.
 *
 * @param text lines that stay as they are; secrets are put between them
 * @returns what is wrong
 */
export async function pipe(text) {
  const { Redactor } = await import(pathToFileURL(at("node_modules", "scrubline", "dist", "entry", "node.js")));
  const block = text.split("\n").map((line, i) => (i % 50 === 0 ? SECRETS + line : line)).join("\n");
  const redacted = new Redactor().redact(block);
  if (redacted === block) return ["nothing to redact"];
  const folder = at("pipe", "dist");
  const modules = await makeWorker("pipe");
  writeFileSync(join(folder, "config.capnp"), config(modules));
  const failures = [];

  /** By how much the peak of workerd grows from the small body to the large one. */
  async function growth(path, expected) {
    const peaks = [];
    for (const size of SIZES) {
      const times = Math.ceil(size / Buffer.byteLength(block));
      const started = performance.now();
      await withWorkerd(folder, async (port, pid) => {
        if ((await piped(port, path, Buffer.from(block), times)) !== digestOf(expected, times)) failures.push(`other bytes came out of ${path}, ${size / MB} MB`);
        peaks.push(peak(pid));
      });
      console.log(`workerd, ${path} of ${size / MB} MB: peak of ${(peaks.at(-1) / MB).toFixed(0)} MB, ${((performance.now() - started) / 1000).toFixed(1)} seconds`);
    }
    return peaks[1] - peaks[0];
  }

  const more = (await growth("/redact", redacted)) - (await growth("/copy", block));
  if (more > GROWTH) failures.push(`the memory of workerd grew by ${(more / MB).toFixed(1)} MB more than with a stream that copies`);
  return failures;
}
