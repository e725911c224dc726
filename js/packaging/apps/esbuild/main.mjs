// esbuild follows no `new URL(…, import.meta.url)`: the engine is imported, with the loader `file`, and named to `init`.
import * as scrubline from "scrubline";
import url from "scrubline/scrubline.wasm";

import { atOnce, report } from "./app.mjs";

scrubline.init({ url });
report(scrubline, atOnce(scrubline));
