// Reads vectors and corpus, for javascript.mjs.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const at = (...parts) => join(import.meta.dirname, "..", ...parts);
const read = (...parts) => readFileSync(at(...parts), "utf8");

/** Everything as plain data, which may be sent to another host as JSON. */
export function readData() {
  const folders = readdirSync(at("vectors"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const paths = folders.flatMap(({ name }) => readdirSync(at("vectors", name)).map((file) => `${name}/${file}`));
  return {
    manifest: JSON.parse(read("vectors", "MANIFEST.json")),
    files: Object.fromEntries(paths.filter((path) => path.endsWith(".json")).map((path) => [path, JSON.parse(read("vectors", path))])),
    corpus: {
      manifest: JSON.parse(read("corpus", "MANIFEST.json")),
      files: Object.fromEntries(readdirSync(at("corpus", "lines")).sort().map((name) => [name, read("corpus", "lines", name)])),
    },
  };
}
