// React Native's engine: it has neither WebAssembly nor most of what belongs to the web.
import "./host.mjs";
import { failures, first, integrations } from "./begin.mjs";
import "./polyfills.mjs";
import * as scrubline from "scrubline";

import { run } from "./app.mjs";
import data from "../data.json";

integrations()
  .then(() => run(scrubline, data, first, { decoding: [String, "fromCharCode"], seconds: 600 }))
  .then(
    (result) => ({ ...result, failures: [...failures, ...result.failures] }),
    (error) => ({ failures: [String(error?.stack ?? error)] }),
  )
  .then((result) => print(JSON.stringify(result)));
