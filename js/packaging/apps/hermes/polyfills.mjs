// What the vectors take from the host, from the libraries that applications of React Native take it from. The package began without.
import "core-js/actual/url/index.js";
import "core-js/actual/url-search-params/index.js";
import { TextDecoder, TextEncoder } from "@kayahr/text-encoding";
import { ReadableStream, TransformStream, WritableStream } from "web-streams-polyfill";
import { Headers } from "whatwg-fetch";

Object.assign(globalThis, { Headers, ReadableStream, TextDecoder, TextEncoder, TransformStream, WritableStream });
