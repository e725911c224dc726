// All detectors, to be switched and given actions. Rows are made when their group is opened: there are hundreds.
import { about, detector, detectors, groupOf, groups } from "./catalogue.js";
import { get, h, sign } from "./dom.js";
import { chooser, type Page } from "./findings.js";
import { rule, switched } from "./policy.js";

/** Matches that a search shows at once. */
const MATCHES = 80;

export class Detectors {
  readonly #groups = get("groups");
  readonly #matches = get("matches");
  readonly #search = get<HTMLInputElement>("search");
  readonly #count = get("match-count");

  constructor(private readonly page: Page) {
    this.#search.addEventListener("input", () => this.#find());
    this.#groups.append(...groups.map(({ id, description }) => this.#group(id, description)));
  }

  /** After a change of the policy. */
  update(): void {
    const key = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["key"] : undefined;
    for (const group of this.#groups.children) this.#fill(group as HTMLDetailsElement);
    this.#find();
    if (key === undefined) return;
    for (const root of [this.#groups, this.#matches]) root.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  #ids(group: string): string[] {
    const own = group === "custom" ? (this.page.policy().custom ?? []).map(({ id }) => id) : [];
    return [...detectors.filter(({ id }) => groupOf(id) === group).map(({ id }) => id), ...own];
  }

  #group(id: string, description: string): HTMLElement {
    const summary = h("summary", {}, sign(id), h("strong", {}, id), h("span", { class: "on-count" }), h("span", { class: "note" }, description));
    const details = h("details", { "data-group": id }, summary);
    details.addEventListener("toggle", () => this.#fill(details));
    return details;
  }

  #fill(details: HTMLDetailsElement): void {
    const group = details.dataset["group"] ?? "";
    const ids = this.#ids(group);
    const on = ids.filter((id) => rule(this.page.policy(), id).on).length;
    const count = details.querySelector(".on-count");
    if (count !== null) count.textContent = `${on} of ${ids.length} on`;
    while (details.children.length > 1) details.lastElementChild?.remove();
    if (!details.open) return;
    details.append(h("p", { class: "whole" }, `All of ${group}`, keyed(chooser(this.page, group), group)), ...ids.map((id) => this.#row(id)));
  }

  #row(id: string): HTMLElement {
    const { on } = rule(this.page.policy(), id);
    const flip = (): void => this.page.change((policy) => switched(policy, id, !on), `${id} is ${on ? "off" : "on"}`);
    const box = h("input", { type: "checkbox", role: "switch", checked: on, change: flip, "aria-label": id });
    const { example = "", foundBy = "" } = detector(id) ?? {};
    const said = example === "" ? [about(id)] : [h("code", {}, example)];
    return h(
      "div",
      { class: "detector", "data-group": groupOf(id) },
      keyed(box, `switch ${id}`),
      h("div", { class: "detector-text" }, h("span", { class: "id" }, id), h("span", { class: "note" }, ...said), foundBy === "" ? undefined : h("span", { class: "hidden" }, `found by ${foundBy}`)),
      keyed(chooser(this.page, id), `action ${id}`),
    );
  }

  #find(): void {
    const words = this.#search.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    this.#groups.hidden = words.length > 0;
    this.#matches.hidden = words.length === 0;
    if (words.length === 0) {
      this.#matches.replaceChildren();
      this.#count.textContent = "";
      return;
    }
    const found = groups
      .flatMap(({ id }) => this.#ids(id))
      .filter((id) => {
        const { example = "", references = "" } = detector(id) ?? {};
        const text = `${id} ${about(id)} ${example} ${references}`.toLowerCase();
        return words.every((word) => text.includes(word));
      });
    this.#count.textContent = found.length === 0 ? "No detector has that" : `${found.length} detectors${found.length > MATCHES ? `, the first ${MATCHES} shown` : ""}`;
    this.#matches.replaceChildren(...found.slice(0, MATCHES).map((id) => this.#row(id)));
  }
}

/** Remembered by name, so that the focus survives a change of the policy. */
function keyed<T extends HTMLElement>(element: T, key: string): T {
  element.dataset["key"] = key;
  return element;
}
