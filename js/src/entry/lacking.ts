// What hosts without WebAssembly may lack as well: React Native's Hermes has no `TextDecoder`, an older one no `TextEncoder`, none has
// `structuredClone`. scripts/build.js puts these in the place of the globals of scrubline/js; a host that has them uses its own.

const REPLACEMENT = 0xfffd;
/** Units that are made a string at once: a function takes only so many arguments. */
const PIECE = 4096;
/** Bits of a first byte, by the number of those behind it. */
const LEADS = [0, 0xc0, 0xe0, 0xf0];

/** UTF-8 from text, lone surrogates as U+FFFD (WHATWG Encoding, section 8.2). */
class Encoder {
  encode(text: string): Uint8Array {
    const bytes = new Uint8Array(3 * text.length);
    return bytes.slice(0, this.encodeInto(text, bytes).written);
  }

  /** As much as there is room for; `read` are units, `written` bytes. */
  encodeInto(text: string, bytes: Uint8Array): { read: number; written: number } {
    let [read, written] = [0, 0];
    while (read < text.length) {
      let point = text.codePointAt(read) as number;
      const units = point > 0xffff ? 2 : 1;
      if (point >= 0xd800 && point <= 0xdfff) point = REPLACEMENT;
      const more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
      if (written + more >= bytes.length) break;
      bytes[written++] = (LEADS[more] as number) | (point >> (6 * more));
      for (let left = more - 1; left >= 0; left--) bytes[written++] = 0x80 | ((point >> (6 * left)) & 0x3f);
      read += units;
    }
    return { read, written };
  }
}

/** Text from UTF-8, U+FFFD for what is none (WHATWG Encoding, section 8.1). A byte order mark stays. */
class Decoder {
  /** The character that is begun, and how many bytes it lacks. */
  #point = 0;
  #lacks = 0;
  /** Between which the next byte lies. */
  #least = 0x80;
  #most = 0xbf;

  decode(input: Uint8Array = new Uint8Array(0), { stream = false } = {}): string {
    let text = "";
    let units: number[] = [];
    const put = (point: number): void => {
      if (point > 0xffff) units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
      else units.push(point);
      if (units.length < PIECE) return;
      text += String.fromCharCode(...units);
      units = [];
    };
    for (const byte of input) {
      if (this.#lacks > 0) {
        if (byte >= this.#least && byte <= this.#most) {
          this.#await(this.#lacks - 1, (this.#point << 6) | (byte & 0x3f));
          if (this.#lacks === 0) put(this.#point);
          continue;
        }
        this.#await(0, 0);
        put(REPLACEMENT);
      }
      if (byte < 0x80) put(byte);
      else if (byte >= 0xc2 && byte <= 0xdf) this.#await(1, byte & 0x1f);
      else if (byte >= 0xe0 && byte <= 0xef) this.#await(2, byte & 0xf, byte === 0xe0 ? 0xa0 : 0x80, byte === 0xed ? 0x9f : 0xbf);
      else if (byte >= 0xf0 && byte <= 0xf4) this.#await(3, byte & 7, byte === 0xf0 ? 0x90 : 0x80, byte === 0xf4 ? 0x8f : 0xbf);
      else put(REPLACEMENT);
    }
    if (!stream && this.#lacks > 0) {
      this.#await(0, 0);
      put(REPLACEMENT);
    }
    return text + String.fromCharCode(...units);
  }

  #await(lacks: number, point: number, least = 0x80, most = 0xbf): void {
    [this.#lacks, this.#point, this.#least, this.#most] = [lacks, point, least, most];
  }
}

function clone<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

const host = globalThis as Partial<typeof globalThis>;
// what applications put there for Hermes may have no `encodeInto`
const encodes = typeof host.TextEncoder?.prototype.encodeInto === "function";
const HostEncoder = encodes ? host.TextEncoder : Encoder;
const HostDecoder = host.TextDecoder ?? Decoder;
const hostClone = host.structuredClone ?? clone;

export { hostClone as structuredClone, HostDecoder as TextDecoder, HostEncoder as TextEncoder };
