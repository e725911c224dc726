// A Worker, for Cloudflare and for Vercel's edge runtime: the vectors are the body of a request.
import * as scrubline from "scrubline";

import { atOnce, run } from "./app.mjs";

const first = atOnce(scrubline);

export default {
  async fetch(request) {
    return Response.json(await run(scrubline, await request.json(), first));
  },
};
