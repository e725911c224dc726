// Where the package under test and the tools of these tests are. The package may be this folder or an installed tarball.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of the package that `scrubline` resolves to. */
export const packageFolder = dirname(fileURLToPath(import.meta.resolve("scrubline/package.json")));

/** Loads a development dependency; SCRUBLINE_TOOLS names the folder that has them where the tests were copied elsewhere. */
export const tool = createRequire(join(process.env.SCRUBLINE_TOOLS ?? import.meta.dirname, "package.json"));
