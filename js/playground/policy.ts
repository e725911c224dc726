// Policies as values: what one says of a detector, and the same policy with something changed.
import type { Action, Policy, Setting } from "scrubline";

import { detector } from "./catalogue.js";

/** What a policy says of a detector. The longest name that it has a setting for decides, the preset where there is none. */
export interface Rule {
  on: boolean;
  /** `undefined` where the detector's own action holds. */
  action: Action | undefined;
  /** Where the setting stands: the detector's id or a part of it; `undefined` where the preset decides. */
  from: string | undefined;
}

/** By the names that stand in the policy, whatever detectors there are. */
export const settingsOf = (policy: Policy): Readonly<Record<string, Setting | undefined>> => policy.detectors ?? {};

export function rule(policy: Policy, id: string): Rule {
  for (let name = id; name !== ""; name = name.slice(0, Math.max(0, name.lastIndexOf(".")))) {
    const setting = settingsOf(policy)[name];
    if (setting === undefined) continue;
    return { on: setting !== "off", action: setting === "off" || setting === "on" ? undefined : setting, from: name };
  }
  const presets = detector(id)?.presets ?? "all";
  return { on: presets === "all" || presets.includes(policy.preset ?? "default"), action: undefined, from: undefined };
}

/** The policy with a setting for this detector or group, or without one. */
export function withSetting(policy: Policy, id: string, setting: Setting | undefined): Policy {
  const { [id]: _, ...others } = settingsOf(policy);
  const detectors = setting === undefined ? others : { ...others, [id]: setting };
  if (Object.keys(detectors).length > 0) return { ...policy, detectors };
  const { detectors: none, ...rest } = policy;
  return rest;
}

/** The policy with a detector on or off, and no setting where there needs to be none. */
export function switched(policy: Policy, id: string, on: boolean): Policy {
  const without = withSetting(policy, id, undefined);
  return rule(without, id).on === on ? without : withSetting(policy, id, on ? "on" : "off");
}

export function allowing(policy: Policy, value: string): Policy {
  return { ...policy, allow: [...new Set([...(policy.allow ?? []), value])] };
}

export const write = (policy: Policy): string => JSON.stringify(policy, undefined, 2);
