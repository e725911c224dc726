import type { Engine } from "./engine.js";
import { ERROR } from "./errors.js";

const HIGH_SURROGATE_END = /[\uD800-\uDBFF]$/;

/** Chunks in, redacted chunks of the same type out, as soon as no match is open. */
export function redactingStream(engine: Engine): TransformStream<string | Uint8Array, string | Uint8Array> {
  const flow = engine.flow();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = false;
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
      if (flow === undefined) {
        out.enqueue(typeof chunk === "string" ? engine.error() : new TextEncoder().encode(engine.error()));
        return;
      }
      if (typeof chunk === "string") {
        text = true;
        const whole = half + chunk;
        half = HIGH_SURROGATE_END.exec(whole)?.[0] ?? "";
        emit(flow.next(half === "" ? whole : whole.slice(0, -1)), out, false);
      } else if (chunk instanceof Uint8Array) {
        text = false;
        emit(flow.next(chunk), out, false);
      } else {
        engine.error();
        out.enqueue(ERROR);
      }
    },
    flush(out) {
      if (flow === undefined) return;
      if (half !== "") emit(flow.next(half), out, false);
      emit(flow.next(), out, true);
    },
  });
}
