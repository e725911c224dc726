// A host without WebAssembly.
import process from "node:process";
import { text } from "node:stream/consumers";
import * as scrubline from "scrubline/js";

import { atOnce, run } from "./app.mjs";

if (typeof WebAssembly !== "undefined") throw new Error("this host has WebAssembly");
const first = atOnce(scrubline);
text(process.stdin)
  .then((data) => run(scrubline, JSON.parse(data), first))
  .then((result) => console.log(JSON.stringify(result)));
