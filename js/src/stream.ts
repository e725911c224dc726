import type { Engine } from "./engine.js";
import { bytesOf, kindOf } from "./kinds.js";

const HIGH_SURROGATE_END = /[\uD800-\uDBFF]$/;

/** Chunks in, redacted chunks of the same type out, as soon as no match is open. Bytes of any kind come out as `Uint8Array`. */
export function redactingStream(engine: Engine): TransformStream<string | ArrayBuffer | ArrayBufferView, string | Uint8Array> {
  const flow = engine.flow();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = true;
  // half a character at the end of a chunk waits for the other half
  let half = "";

  const emit = (bytes: Uint8Array, out: TransformStreamDefaultController<string | Uint8Array>, last: boolean): void => {
    if (!text) {
      if (bytes.length > 0) out.enqueue(bytes);
      return;
    }
    const decoded = decoder.decode(bytes, { stream: !last });
    if (decoded !== "") out.enqueue(decoded);
  };

  return new TransformStream({
    transform(chunk, out) {
      const bytes = bytesIn(chunk);
      const known = typeof chunk === "string" || bytes !== undefined;
      if (known) text = bytes === undefined;
      if (flow === undefined || !known) {
        const marker = engine.error();
        out.enqueue(text ? marker : new TextEncoder().encode(marker));
      } else if (bytes !== undefined) {
        emit(flow.next(bytes), out, false);
      } else {
        const whole = half + (chunk as string);
        half = HIGH_SURROGATE_END.exec(whole)?.[0] ?? "";
        emit(flow.next(half === "" ? whole : whole.slice(0, -1)), out, false);
      }
    },
    flush(out) {
      if (flow === undefined) return;
      if (half !== "") emit(flow.next(half), out, false);
      emit(flow.next(), out, true);
    },
  });
}

/** The bytes of a chunk; `undefined` for text, and for what is neither. */
function bytesIn(chunk: unknown): Uint8Array | undefined {
  try {
    return typeof chunk === "object" && kindOf(chunk as object) === "bytes" ? bytesOf(chunk as ArrayBufferView) : undefined;
  } catch {
    return undefined;
  }
}
