// Compiled by scripts/build.js and thrown away: fails where src/wasm/glue.d.ts and the built engine part ways.
import type * as built from "../pkg/wasm/scrubline.js";
import type { Classes, Core, Events, Flow } from "../src/wasm/glue.js";

type Fits<Built extends Used, Used> = Built;

export type CoreFits = Fits<built.Core, Omit<Core, "format">>;
export type EventsFit = [Fits<built.Events, Events>, Fits<ConstructorParameters<Classes["Events"]>, ConstructorParameters<typeof built.Events>>];
export type FlowFits = Fits<built.Flow, Flow>;
export type StaticsFit = Fits<typeof built.Core, Pick<Classes["Core"], "limit_mark" | "circular_mark">>;
export type Constructed = [Fits<ConstructorParameters<Classes["Core"]>, ConstructorParameters<typeof built.Core>>, Fits<ConstructorParameters<Classes["Lines"]>, ConstructorParameters<typeof built.Lines>>];
export type Formatted = Fits<Parameters<built.Core["format"]>[1], Parameters<Core["format"]>[1]>;
