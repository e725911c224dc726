/** Where the engine comes from: a compiled `WebAssembly.Module`, its bytes, or where to fetch it. One of them. */
export interface Source {
  module?: object;
  bytes?: ArrayBuffer | Uint8Array;
  url?: string | URL;
}
