// Regular expressions in policies. A page may have both entries: each has its engine.
import * as plain from "scrubline";
import * as scrubline from "scrubline/custom";

import { atOnce, report } from "./app.mjs";
import { hasRegex, use } from "./javascript.mjs";

const first = atOnce(scrubline);
await Promise.all([plain.ready, scrubline.ready]);
const known = [plain, scrubline].map((entry) => (use(entry), hasRegex()));
if (known.join() !== "false,true") throw new Error(`regular expressions by default, in scrubline/custom: ${known}`);
report(scrubline, first);
