// A Worker that redacts what passes through; under `/copy`, one that only copies it.
import { Redactor } from "scrubline";

const redactor = new Redactor();

const copying = () =>
  new TransformStream({
    transform(chunk, out) {
      out.enqueue(chunk.slice());
    },
  });

export default {
  fetch(request) {
    const stream = new URL(request.url).pathname === "/copy" ? copying() : redactor.stream();
    return new Response(request.body.pipeThrough(stream));
  },
};
