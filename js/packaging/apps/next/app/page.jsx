"use client";

import { useEffect } from "react";
import * as scrubline from "scrubline";

import { atOnce, report } from "../app.mjs";

const first = atOnce(scrubline);

export default function Page() {
  useEffect(() => void report(scrubline, first), []);
  return <p>Next.js</p>;
}
