import * as scrubline from "/node_modules/scrubline/dist/entry/js.js";

import { atOnce, report } from "./app.mjs";

let allowed = true;
try {
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
} catch {
  allowed = false;
}
if (allowed) throw new Error("this page may compile WebAssembly");
report(scrubline, atOnce(scrubline), { waits: false });
