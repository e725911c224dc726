import type { Buffers, Glue } from "./wasm/glue.js";

/** Above this, text is first assumed to be ASCII, as reserving three bytes a unit would waste memory. */
const SHORT_TEXT = 1 << 15;
/** Up to here, a loop over the units is faster than a call of `encodeInto`, where all are ASCII. */
const TINY_TEXT = 24;
const LARGE_BUFFER = 1 << 20;

const encoder = new TextEncoder();

/** Text in and out of the memory of one wasm object. */
export class Port {
  #view = new Uint8Array(0);
  #moves = 0;

  constructor(
    private readonly glue: Glue,
    private readonly owner: Buffers,
  ) {}

  /** Room for `length` bytes; what was written before stays. A view that memory growth detached has no length. */
  #room(length: number): Uint8Array {
    if (this.#view.length < length || this.#moves !== this.glue.moves) {
      const wanted = Math.max(length, 4096);
      const start = this.owner.input(wanted);
      this.#view = new Uint8Array(this.glue.memory.buffer, start, wanted);
      this.#moves = this.glue.moves;
    }
    return this.#view;
  }

  /** Writes text as UTF-8, lone surrogates as U+FFFD; answers the number of bytes. */
  write(text: string): number {
    const length = text.length;
    if (length > SHORT_TEXT) return this.#writeLong(text);
    const view = this.#room(3 * length);
    if (length <= TINY_TEXT) {
      let i = 0;
      for (; i < length; i++) {
        const unit = text.charCodeAt(i);
        if (unit > 0x7f) break;
        view[i] = unit;
      }
      if (i === length) return length;
    }
    return encoder.encodeInto(text, view).written;
  }

  #writeLong(text: string): number {
    let { read, written } = encoder.encodeInto(text, this.#room(text.length));
    while (read < text.length) {
      const view = this.#room(written + 3 * (text.length - read));
      const more = encoder.encodeInto(text.slice(read), view.subarray(written));
      read += more.read;
      written += more.written;
    }
    return written;
  }

  writeBytes(bytes: Uint8Array): number {
    this.#room(bytes.length).set(bytes);
    return bytes.length;
  }

  /** The output in place, valid until the next call. */
  output(length: number): Uint8Array {
    return new Uint8Array(this.glue.memory.buffer, this.owner.output_ptr(), length);
  }

  /** Does the input buffer hold more than it should keep? */
  get large(): boolean {
    return this.#view.length > LARGE_BUFFER;
  }

  forget(): void {
    this.#view = new Uint8Array(0);
  }
}
