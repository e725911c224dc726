// A Worker that redacts what passes through.
import { Redactor } from "scrubline";

const redactor = new Redactor();

export default {
  fetch(request) {
    return new Response(request.body.pipeThrough(redactor.stream()));
  },
};
