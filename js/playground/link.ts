// A link to the page with its policy. Only the policy is in it, behind the `#`, which browsers do not send.
import type { Policy } from "scrubline";

export const NAME = "#policy=";

async function through(bytes: Uint8Array<ArrayBuffer>, transform: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(transform)).arrayBuffer());
}

export async function fragment(policy: Policy): Promise<string> {
  const bytes = await through(new TextEncoder().encode(JSON.stringify(policy)), new CompressionStream("deflate-raw"));
  const base64 = btoa(String.fromCharCode(...bytes));
  return NAME + base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The policy of such a fragment; `undefined` where there is none that can be read. */
export async function linked(hash: string): Promise<unknown> {
  try {
    const base64 = hash.slice(NAME.length).replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw"))));
  } catch {
    return undefined;
  }
}
