import * as scrubline from "scrubline";

import { atOnce, report } from "./app.mjs";

report(scrubline, atOnce(scrubline));
