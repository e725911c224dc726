// The page's side of the worker.
import code from "playground:worker";

import type { Answer, Calls, Name, Reply, Request } from "./protocol.js";

const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
const waiting = new Map<number, (reply: Reply) => void>();
let calls = 0;

worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
  waiting.get(data.id)?.(data);
  waiting.delete(data.id);
});

/** Calls the engine; calls are answered in their order. */
export function call<N extends Name>(name: N, input: Parameters<Calls[N]>[0]): Promise<Answer<N>> {
  const id = calls++;
  return new Promise((resolve, reject) => {
    waiting.set(id, (reply) => ("fault" in reply ? reject(new Error(reply.fault)) : resolve(reply.answer as Answer<N>)));
    worker.postMessage({ id, name, input } as Request);
  });
}
