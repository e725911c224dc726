// What is known of the detectors that are built in, and words for what the engine says in one.
import type { Action, Candidate } from "scrubline";

import catalogue, { type Detector } from "playground:catalogue";

export const { groups, detectors } = catalogue;
export type { Detector } from "playground:catalogue";

const byId = new Map(detectors.map((detector) => [detector.id, detector]));
const countries = new Intl.DisplayNames("en", { type: "region", fallback: "none" });

/** `undefined` for a detector of the policy's own. */
export const detector = (id: string): Detector | undefined => byId.get(id);

export const groupOf = (id: string): string => id.split(".", 1)[0] ?? "";

/** What a detector is of: its group's description, with the country where there is one. */
export function about(id: string): string {
  const [group, part] = id.split(".");
  const description = groups.find((one) => one.id === group)?.description ?? "";
  if (group === "custom" && byId.get(id) === undefined) return "A detector of this policy.";
  if (group !== "identity") return group === "custom" ? "What the policy or the application names." : description;
  const country = part !== undefined && part.length === 2 ? countries.of(part.toUpperCase()) : undefined;
  return country === undefined ? description : `Numbers and codes of persons and companies: ${country}.`;
}

/** All that a policy can name: groups and their parts, and detectors. */
export const settable: readonly string[] = [
  ...new Set(
    detectors.flatMap(({ id }) => {
      const parts = id.split(".");
      return parts.map((_, i) => parts.slice(0, i + 1).join("."));
    }),
  ),
];

const ACCEPTED: Partial<Record<Candidate["why"], string>> = {
  shape: "It has the shape that the detector looks for.",
  key: "It stands under a sensitive key.",
  context: "What stands around it says what it is.",
  known_value: "It is one of the known values.",
};

const REFUSED: Record<Candidate["why"], string> = {
  shape: "It is not one of the shapes that the detector takes.",
  key: "The key above it says that it is harmless.",
  context: "No word near it says what it is.",
  known_value: "It is not one of the known values.",
  kept: "Its action is `keep`.",
  check_digit: "Its check digits are wrong.",
  structure: "A token of this kind is built in another way.",
  boundary: "It is a piece of something longer.",
  placeholder: "It stands for a value and is none.",
  entropy: "It has more order than keys have.",
  prose: "It is part of a sentence or of code.",
  public: "It is published, or the name of an object.",
  allowed: "It is on the policy's list `allow`.",
  disabled: "The detector is off.",
  overlap: "It is a part of another finding.",
};

/** Why something was found, or left. */
export function because({ accepted, why }: Candidate): string {
  return (accepted ? ACCEPTED[why] : undefined) ?? REFUSED[why];
}

export const DONE: Record<Action, string> = {
  mask: "masked",
  label: "labelled",
  partial: "kept in part",
  pseudonym: "replaced by a pseudonym",
  drop: "dropped",
  keep: "reported and kept",
};
