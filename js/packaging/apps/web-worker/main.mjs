import * as scrubline from "/node_modules/scrubline/dist/entry/web.js";

import { atOnce, report } from "./app.mjs";

report(scrubline, atOnce(scrubline));
