/** The engine's bytes, deflated without a header, in base64. Written by scripts/build.js. */
export const deflated: string;
