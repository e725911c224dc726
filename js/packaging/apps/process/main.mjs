// Node, Deno and Bun, and a bundle for Node: the vectors come in at stdin.
import process from "node:process";
import { text } from "node:stream/consumers";
import * as scrubline from "scrubline";

import { atOnce, run } from "./app.mjs";

const first = atOnce(scrubline);
text(process.stdin)
  .then((data) => run(scrubline, JSON.parse(data), first))
  .then((result) => console.log(JSON.stringify(result)));
