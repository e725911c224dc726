import * as scrubline from "/node_modules/scrubline/dist/entry/web.js";

import { atOnce, report } from "./app.mjs";

const first = atOnce(scrubline);
addEventListener("message", (event) => event.waitUntil(report(scrubline, first)));
