// The modules that scripts/playground.js makes.

declare module "playground:engine" {
  /** The engine, deflated. */
  const deflated: Uint8Array<ArrayBuffer>;
  export default deflated;
}

declare module "playground:worker" {
  /** The code of the worker. */
  const code: string;
  export default code;
}

declare module "playground:version" {
  const version: string;
  export default version;
}

declare module "playground:schema" {
  /** The JSON Schema of a policy. */
  const schema: import("./schema.js").Schema;
  export default schema;
}

declare module "playground:catalogue" {
  export interface Detector {
    id: string;
    /** What it looks for: `key`, `token`, `id` with what must stand beside it, or `own`. */
    foundBy: string;
    action: import("scrubline").Action;
    presets: "all" | readonly import("scrubline").Preset[];
    /** What is found is between `«` and `»`; empty where there is none. */
    example: string;
    references: string;
  }
  export interface Group {
    id: string;
    description: string;
  }
  const catalogue: { readonly groups: readonly Group[]; readonly detectors: readonly Detector[] };
  export default catalogue;
}
