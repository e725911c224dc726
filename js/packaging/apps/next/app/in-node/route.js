import * as scrubline from "scrubline";

import { atOnce, run } from "../../app.mjs";

const first = atOnce(scrubline);

export async function POST(request) {
  return Response.json(await run(scrubline, await request.json(), first));
}
