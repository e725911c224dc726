import type { Formatter } from "../formatter.js";

/** Where a beacon sends to, and how much it holds. */
export interface BeaconOptions {
  /** The endpoint: it gets a POST of lines. */
  readonly url: string | URL;
  /** Headers, such as one that says who sends. With any of them the page's last lines go by `fetch`, as `sendBeacon` takes none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Type of the body; JSON lines where absent. */
  readonly contentType?: string | undefined;
  /** Records that may wait; what comes beyond is dropped and counted. 1,000 where absent. */
  readonly queue?: number | undefined;
  /** Records of one request; 100 where absent. */
  readonly batch?: number | undefined;
  /** Milliseconds after which an unfilled batch is sent; 5,000 where absent. */
  readonly interval?: number | undefined;
  /** How often a batch is tried again before it is dropped; 8 where absent. */
  readonly retries?: number | undefined;
  /** First wait before that, in milliseconds, doubled each time up to a minute; 1,000 where absent. */
  readonly backoff?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/** Bytes that browsers let a page send behind itself, with room for others. */
const KEEPALIVE = 60_000;
const LONGEST_WAIT = 60_000;
/** Worth another try: too early, too many, a server in trouble. */
const isTemporary = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

/** In UTF-8, of text without lone surrogates. */
function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // each half of a pair is one of four bytes more
    if (unit > 0x7f) bytes += unit < 0x800 || (unit & 0xf800) === 0xd800 ? 1 : 2;
  }
  return bytes;
}

/**
 * Sends records to a log endpoint as lines of a formatter, which redacts them: in batches, one request at a time, again after a
 * failure, and at once when the page is hidden. No method throws or rejects.
 */
export class Beacon {
  readonly #formatter: Formatter;
  readonly #options: { readonly [name in keyof BeaconOptions]-?: NonNullable<BeaconOptions[name]> };
  #lines: string[] = [];
  /** Records that came before the engine. */
  #early: object[] | undefined;
  #sending: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dropped = 0;
  /** Of them, those that a line has told of. */
  #told = 0;
  #closed = false;

  constructor(formatter: Formatter, options: BeaconOptions) {
    this.#formatter = formatter;
    const { headers = {}, contentType = "application/x-ndjson", queue = 1000, batch = 100, interval = 5000, retries = 8, backoff = 1000 } = options;
    this.#options = { url: options.url, headers, contentType, queue, batch, interval, retries, backoff, fetch: options.fetch ?? ((...args) => fetch(...args)) };
    // for `records.forEach(beacon.log)`
    this.log = this.log.bind(this);
    if (formatter.redactor.engine.awaited(() => this.#settle())) this.#early = [];
    globalThis.addEventListener?.("pagehide", this.#hide);
    globalThis.document?.addEventListener("visibilitychange", this.#hide);
  }

  /** Records that never arrived: the queue was full, or the endpoint did not take them. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes a record; it is sent later. */
  log(record: object): void {
    const { queue, batch } = this.#options;
    if (this.#closed || this.#lines.length + (this.#early?.length ?? 0) >= queue) {
      this.#dropped++;
      return;
    }
    if (this.#early !== undefined) {
      this.#early.push(record);
      return;
    }
    this.#lines.push(this.#formatter.format(record));
    if (this.#lines.length >= batch) void this.flush();
    else this.#wake();
  }

  /** Sends what waits; resolves when it has arrived or was given up. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sending ??= this.#drain().finally(() => {
      this.#sending = undefined;
      if (this.#lines.length > 0) this.#wake();
    });
    await this.#sending;
  }

  /** Sends what waits and takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    globalThis.removeEventListener?.("pagehide", this.#hide);
    globalThis.document?.removeEventListener("visibilitychange", this.#hide);
    await this.flush();
  }

  #settle(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const record of early) this.log(record);
  }

  #wake(): void {
    if (this.#timer !== undefined || this.#sending !== undefined) return;
    this.#timer = setTimeout(() => void this.flush(), this.#options.interval);
    // in Node, lines that wait do not keep a process alive
    (this.#timer as { unref?: () => void }).unref?.();
  }

  async #drain(): Promise<void> {
    for (let body = this.#next(); body !== undefined; body = this.#next()) {
      if (!(await this.#deliver(body.text))) this.#dropped += body.count;
    }
  }

  /** Takes the lines of the next request from the queue: as many as fit, and one at least. */
  #next(): { text: string; count: number } | undefined {
    if (this.#lines.length === 0) return undefined;
    const taken: string[] = [];
    let bytes = 0;
    for (const line of this.#lines.slice(0, this.#options.batch)) {
      bytes += byteLength(line) + 1;
      if (bytes > KEEPALIVE && taken.length > 0) break;
      taken.push(line);
    }
    this.#lines.splice(0, taken.length);
    const count = taken.length;
    const lost = this.#dropped - this.#told;
    if (lost > 0) {
      this.#told = this.#dropped;
      taken.push(this.#formatter.format({ time: Date.now(), level: "warning", logger: "scrubline", message: `${lost} records were dropped` }));
    }
    return { text: taken.map((line) => `${line}\n`).join(""), count };
  }

  async #deliver(body: string): Promise<boolean> {
    const { url, headers, contentType, retries, backoff, fetch } = this.#options;
    const keepalive = byteLength(body) <= KEEPALIVE;
    for (let attempt = 0; attempt <= retries; attempt++) {
      let asked: number | undefined;
      try {
        const response = await fetch(url, { method: "POST", headers: { "content-type": contentType, ...headers }, body, keepalive });
        await response.body?.cancel();
        if (response.ok) return true;
        if (!isTemporary(response.status)) return false;
        asked = Math.max(0, Number(response.headers.get("retry-after")) * 1000);
      } catch {
        // no network
      }
      if (attempt < retries) await pause(Math.min(LONGEST_WAIT, asked || backoff * 2 ** attempt * (0.5 + Math.random() / 2)));
    }
    return false;
  }

  /** The page may be gone in a moment: everything goes, not waiting for what is on its way. */
  readonly #hide = (event: Event): void => {
    if (event.type === "visibilitychange" && document.visibilityState !== "hidden") return;
    const { url, headers, contentType, fetch } = this.#options;
    for (let body = this.#next(); body !== undefined; body = this.#next()) {
      const { text, count } = body;
      try {
        if (Object.keys(headers).length === 0 && navigator.sendBeacon(url, new Blob([text], { type: contentType }))) continue;
        // its own share of what may go behind a page is used up, or it takes no headers
        const lost = (): void => void (this.#dropped += count);
        void fetch(url, { method: "POST", headers: { "content-type": contentType, ...headers }, body: text, keepalive: true }).then(({ ok }) => ok || lost(), lost);
      } catch {
        this.#dropped += count;
      }
    }
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
