// What was found: by detector, with a bar for each, and one by one.
import type { EditorState } from "@codemirror/state";
import type { Candidate, Policy, Setting } from "scrubline";

import { about, because, detector, DONE, groupOf } from "./catalogue.js";
import { get, h, option, prose, sign } from "./dom.js";
import type { Marks } from "./marks.js";
import { allowing, settingsOf, switched, withSetting } from "./policy.js";
import { ACTIONS, FIELDS } from "./protocol.js";
import { settings } from "./schema.js";

/** What the parts of the page ask of the whole. */
export interface Page {
  /** The policy in force. */
  policy(): Policy;
  /** Changes the policy in the editor, unless that has an error. */
  change(edit: (policy: Policy) => Policy, said: string): void;
  /** Shows a finding in both texts. */
  reveal(i: number): void;
  /** Why something was found. */
  reason(i: number): Promise<Candidate | undefined>;
  log(): EditorState;
  redacted(): EditorState;
  marks(): Marks;
}

const ROWS = 100;
const LONG = 80;

/** A finding's text and what stands in its place, shortened to be read at a glance. */
function texts(page: Page, i: number): [string, string] {
  const { spans } = page.marks().result;
  const [start = 0, end = 0, from = 0, to = 0] = spans.subarray(FIELDS * i);
  return [short(page.log(), start, end), short(page.redacted(), from, to)];
}

function short(state: EditorState, from: number, to: number): string {
  const text = state.sliceDoc(from, Math.min(to, from + LONG)).replace(/\s+/g, " ");
  return to - from > LONG ? `${text}…` : text;
}

const action = (page: Page, i: number) => ACTIONS[page.marks().result.spans[FIELDS * i + 5] ?? 0] ?? "mask";

/** Where the policy's word on a detector is chosen; as the preset has it, where it is not set. */
export function chooser(page: Page, id: string): HTMLSelectElement {
  const set = settingsOf(page.policy())[id];
  const choice = h("select", { "aria-label": `Action of ${id}`, class: "chooser" }, option("", "as preset", set === undefined));
  choice.append(...settings.map((one) => option(one.const, one.const, set === one.const)));
  choice.addEventListener("change", () => {
    const chosen = choice.value === "" ? undefined : (choice.value as Setting);
    page.change((policy) => withSetting(policy, id, chosen), `${id}: ${chosen ?? "as the preset has it"}`);
  });
  return choice;
}

/** What the page says of one finding, and what can be done about it. */
export function findingCard(page: Page, i: number): HTMLElement {
  const id = page.marks().detector(i);
  const [before, after] = texts(page, i);
  const why = h("p", { class: "why" }, "…");
  void page.reason(i).then((candidate) => {
    why.textContent = candidate === undefined ? "The engine gives no reason here." : because(candidate);
    if (candidate !== undefined) why.append(" ", h("span", { class: "step" }, `step ${candidate.step}`));
  });
  const { references = "", example = "" } = detector(id) ?? {};
  const value = page.log().sliceDoc(page.marks().from(i), page.marks().to(i));
  const off = (): void => page.change((policy) => switched(policy, id, false), `${id} is off`);
  const allow = (): void => page.change((policy) => allowing(policy, value), "The value is allowed");
  return h(
    "div",
    { class: "card", "data-group": groupOf(id) },
    h("p", { class: "card-title" }, sign(groupOf(id)), h("strong", {}, id), h("span", { class: "badge" }, action(page, i))),
    h("p", { class: "change" }, h("del", {}, before), " → ", h("ins", {}, after)),
    why,
    h("p", { class: "note" }, about(id), example === "" ? "" : " Such as ", ...(example === "" ? [] : [h("code", {}, example)]), references === "" ? "" : ` (${references})`),
    h("p", { class: "card-actions" }, h("button", { type: "button", click: off }, "Turn off"), h("button", { type: "button", click: allow }, "Allow this value")),
  );
}

/** What the page says of something that detectors looked at and left. */
export function leftCard(page: Page, candidates: readonly Candidate[]): HTMLElement {
  return h("div", { class: "card" }, h("p", { class: "card-title" }, "Looked at and left"), h("ul", {}, ...candidates.map((one) => leftItem(page, one))));
}

function leftItem(page: Page, one: Candidate, ...before: Node[]): HTMLElement {
  const group = groupOf(one.detector);
  const on = (): void => page.change((policy) => switched(policy, one.detector, true), `${one.detector} is on`);
  const button = one.why === "disabled" ? h("button", { type: "button", click: on }, "Turn on") : undefined;
  return h("li", { "data-group": group }, ...before, sign(group), h("strong", {}, one.detector), " ", ...prose(because(one)), " ", button);
}

/** The tab of findings. */
export class Findings {
  readonly #bars = get("bars");
  readonly #list = get("list");
  readonly #more = get<HTMLButtonElement>("more");
  readonly #filter = get<HTMLButtonElement>("filter");
  #only: string | undefined;
  #shown: number[] = [];
  #open: number | undefined;

  constructor(private readonly page: Page) {
    this.#more.addEventListener("click", () => this.#extend());
    this.#filter.addEventListener("click", () => this.#show(undefined));
  }

  update(): void {
    this.#open = undefined;
    this.chart();
    this.#show(this.#only);
  }

  /** Opens one finding in the list, where it is shown. */
  open(i: number): void {
    this.#open = i;
    for (const item of this.#list.children) this.#expand(item as HTMLElement);
    this.#list.querySelector(`[data-index="${i}"]`)?.scrollIntoView({ block: "nearest" });
  }

  /** What is in view and was left. */
  left(candidates: readonly Candidate[]): void {
    const { doc } = this.page.log();
    const items = candidates.slice(0, ROWS).map((one) => {
      const text = h("p", { class: "change" }, `${doc.lineAt(one.start).number}: ${short(this.page.log(), one.start, one.end)}`);
      return leftItem(this.page, one, text);
    });
    get("left-title").hidden = items.length === 0;
    get("left").replaceChildren(...items);
  }

  /** The bars alone, after a change of the policy. */
  chart(): void {
    const marks = this.page.marks();
    const counts = new Map<string, number>();
    for (let i = 0; i < marks.size; i++) counts.set(marks.detector(i), (counts.get(marks.detector(i)) ?? 0) + 1);
    // what the policy has switched off stays in reach
    for (const id of Object.keys(this.page.policy().detectors ?? {})) if (detector(id) !== undefined) counts.set(id, counts.get(id) ?? 0);
    const rows = [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b));
    const most = Math.max(1, ...counts.values());
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["key"] : undefined;
    this.#bars.replaceChildren(...rows.map(([id, count]) => this.#bar(id, count, count / most)));
    if (focused !== undefined) this.#bars.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    get("no-findings").hidden = rows.length > 0;
    get("chart").hidden = rows.length === 0;
  }

  #bar(id: string, count: number, share: number): HTMLElement {
    const name = h("button", { type: "button", class: "name", "data-key": id, click: () => this.#show(this.#only === id ? undefined : id) }, sign(groupOf(id)), id);
    const bar = h("span", { class: "bar" });
    bar.style.setProperty("--share", String(share));
    const choice = chooser(this.page, id);
    choice.dataset["key"] = `action ${id}`;
    return h(
      "tr",
      { "data-group": groupOf(id), class: count === 0 ? "none" : undefined },
      h("th", { scope: "row" }, name, bar),
      h("td", { class: "count" }, count.toLocaleString("en")),
      h("td", {}, choice),
    );
  }

  #show(only: string | undefined): void {
    const marks = this.page.marks();
    const all = Array.from({ length: marks.size }, (_, i) => i);
    const some = only === undefined ? all : all.filter((i) => marks.detector(i) === only);
    this.#only = some.length === 0 ? undefined : only;
    this.#shown = some.length === 0 ? all : some;
    this.#filter.hidden = this.#only === undefined;
    this.#filter.replaceChildren(...(this.#only === undefined ? [] : [`Only ${this.#only} `, h("span", { "aria-hidden": "true" }, "×"), h("span", { class: "hidden" }, "Show all")]));
    get("list-title").hidden = this.#shown.length === 0;
    this.#list.replaceChildren();
    this.#extend();
  }

  #extend(): void {
    const begun = this.#list.childElementCount;
    this.#list.append(...this.#shown.slice(begun, begun + ROWS).map((i) => this.#item(i)));
    const left = this.#shown.length - this.#list.childElementCount;
    this.#more.hidden = left === 0;
    this.#more.textContent = `Show ${Math.min(left, ROWS)} more of ${left.toLocaleString("en")}`;
  }

  #item(i: number): HTMLElement {
    const marks = this.page.marks();
    const id = marks.detector(i);
    const line = this.page.log().doc.lineAt(Math.min(marks.from(i), this.page.log().doc.length)).number;
    const [before, after] = texts(this.page, i);
    const toggle = (): void => {
      this.open(this.#open === i ? -1 : i);
      if (this.#open === i) this.page.reveal(i);
    };
    const button = h(
      "button",
      { type: "button", class: "finding", "aria-expanded": "false", click: toggle },
      h("span", { class: "line" }, h("span", { class: "hidden" }, "Line "), String(line)),
      sign(groupOf(id)),
      h("span", { class: "change" }, h("del", {}, before), " → ", h("ins", {}, after)),
      h("span", { class: "hidden" }, `${id}, ${DONE[action(this.page, i)]}`),
    );
    return h("li", { "data-group": groupOf(id), "data-index": i }, button);
  }

  #expand(item: HTMLElement): void {
    const i = Number(item.dataset["index"]);
    const button = item.firstElementChild;
    if ((button?.getAttribute("aria-expanded") === "true") === (i === this.#open)) return;
    button?.setAttribute("aria-expanded", String(i === this.#open));
    if (i === this.#open) item.append(findingCard(this.page, i));
    else item.lastElementChild?.remove();
  }
}
