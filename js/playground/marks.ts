// Findings in an editor: coloured and signed by group, drawn only where they are seen.
import { RangeSetBuilder, StateEffect, StateField, type ChangeDesc, type EditorState, type Extension } from "@codemirror/state";
import { Decoration, hoverTooltip, showTooltip, ViewPlugin, type DecorationSet, type EditorView, type Tooltip, type ViewUpdate } from "@codemirror/view";
import type { Candidate } from "scrubline";

import { groupOf } from "./catalogue.js";
import { h } from "./dom.js";
import { FIELDS, type Result } from "./protocol.js";

/** Which of the two texts an editor shows: the log, or what was made of it. */
export type Side = "log" | "redacted";

/** Findings as places in one of the two texts. They follow what is typed until the next result. */
export class Marks {
  static readonly none = new Marks({ spans: new Uint32Array(0), detectors: [], lines: 0, text: "", milliseconds: 0 }, "log");

  constructor(
    readonly result: Result,
    readonly side: Side,
    private readonly changes?: ChangeDesc,
  ) {}

  get size(): number {
    return this.result.spans.length / FIELDS;
  }

  after(changes: ChangeDesc): Marks {
    return new Marks(this.result, this.side, this.changes?.composeDesc(changes) ?? changes);
  }

  from(i: number): number {
    return this.#place(i, 0, 1);
  }

  to(i: number): number {
    return this.#place(i, 1, -1);
  }

  #place(i: number, end: 0 | 1, assoc: 1 | -1): number {
    const at = this.result.spans[FIELDS * i + (this.side === "log" ? 0 : 2) + end] ?? 0;
    return this.changes?.mapPos(at, assoc) ?? at;
  }

  detector(i: number): string {
    return this.result.detectors[this.result.spans[FIELDS * i + 4] ?? 0] ?? "";
  }

  /** The first finding that ends behind this place. */
  firstAfter(pos: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.to(middle) > pos) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The finding at a place, its two ends included. */
  at(pos: number): number | undefined {
    for (const i of [this.firstAfter(pos), this.firstAfter(pos - 1)]) {
      if (i < this.size && this.from(i) <= pos && pos <= this.to(i) && this.to(i) > this.from(i)) return i;
    }
    return undefined;
  }

  /** The same place in the other text. */
  across(pos: number): number {
    const other = new Marks(this.result, this.side === "log" ? "redacted" : "log");
    const i = this.firstAfter(pos);
    if (i < this.size && this.from(i) <= pos) return other.from(i);
    return i === 0 ? pos : other.to(i - 1) + pos - this.to(i - 1);
  }
}

export const setMarks = StateEffect.define<Marks>();
/** Opens the card of a finding, or closes the one that is open. One that is not kept closes when the pointer leaves. */
export const openCard = StateEffect.define<{ readonly i: number; readonly kept: boolean } | undefined>();
/** Refused candidates in view. */
export const setLeft = StateEffect.define<readonly Candidate[]>();

const highlights = new CSSStyleSheet();
document.adoptedStyleSheets.push(highlights);

/** Highlights a finding in both texts. By a rule of style: drawn again, the mark under the pointer would lose its card. */
export function highlight(i: number | undefined): void {
  highlights.replaceSync(i === undefined ? "" : `.mark[data-index="${i}"] { --strength: 34%; --ink: var(--text) }`);
}

interface Shown {
  marks: Marks;
  left: readonly Candidate[];
}

const shown = StateField.define<Shown>({
  create: () => ({ marks: Marks.none, left: [] }),
  update(value, { effects, docChanged, changes }) {
    let next = docChanged ? { ...value, marks: value.marks.after(changes), left: [] } : value;
    for (const effect of effects) {
      if (effect.is(setMarks)) next = { ...next, marks: effect.value };
      else if (effect.is(setLeft)) next = { ...next, left: effect.value };
    }
    return next;
  },
});

export const marksOf = (state: EditorState): Marks => state.field(shown).marks;
const leftOf = (state: EditorState): readonly Candidate[] => state.field(shown).left;

function draw(view: EditorView): DecorationSet {
  const { marks, left } = view.state.field(shown);
  const builder = new RangeSetBuilder<Decoration>();
  let i = 0;
  for (const { from, to } of view.visibleRanges) {
    // one that reaches into the next range is drawn already
    for (i = Math.max(i, marks.firstAfter(from)); i < marks.size && marks.from(i) < to; i++) {
      const [start, end] = [marks.from(i), marks.to(i)];
      if (start === end) continue;
      builder.add(start, end, Decoration.mark({ class: "mark", attributes: { "data-group": groupOf(marks.detector(i)), "data-index": String(i) } }));
    }
  }
  const leftAlone = Decoration.mark({ class: "left" });
  return left.length === 0
    ? builder.finish()
    : builder.finish().update({ add: left.filter((one) => one.end <= view.state.doc.length).map((one) => leftAlone.range(one.start, one.end)), sort: true });
}

const drawn = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = draw(view);
    }
    update(update: ViewUpdate): void {
      const before = update.startState.field(shown);
      if (update.viewportChanged || before !== update.state.field(shown)) this.decorations = draw(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** What the page says of a place: a finding, or candidates that were refused. */
export interface Cards {
  finding(i: number): HTMLElement;
  left(candidates: readonly Candidate[]): HTMLElement;
}

const REST = 150;
const LEAVE = 250;

interface Card extends Tooltip {
  readonly i: number;
  readonly kept: boolean;
}

/** The marks of an editor, with a card where the pointer rests or the keyboard stops. */
export function markedBy(cards: Cards): Extension {
  const card = StateField.define<Card | null>({
    create: () => null,
    update(open, { state, docChanged, effects }) {
      for (const effect of effects) {
        if (effect.is(setMarks)) open = null;
        if (!effect.is(openCard)) continue;
        const marks = marksOf(state);
        const { i, kept } = effect.value ?? { i: -1, kept: false };
        const create = () => ({ dom: h("div", {}, cards.finding(i)) });
        open = i < 0 || i >= marks.size ? null : { i, kept, pos: marks.from(i), end: marks.to(i), create };
      }
      return docChanged ? null : open;
    },
    provide: (field) => showTooltip.from(field),
  });

  const pointing = ViewPlugin.define((view) => {
    let pointed: number | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const points = (i: number | undefined): void => {
      if (i === pointed) return;
      highlight((pointed = i));
      clearTimeout(timer);
      timer = setTimeout(() => {
        const open = view.state.field(card);
        if (open?.kept && (i === undefined || i === open.i)) return;
        if (open?.i !== i) view.dispatch({ effects: openCard.of(i === undefined ? undefined : { i, kept: false }) });
      }, i === undefined ? LEAVE : REST);
    };
    const move = ({ target }: Event): void => {
      if (!(target instanceof Element)) return;
      const index = target.closest<HTMLElement>(".mark")?.dataset["index"];
      // the way to the buttons of a card
      points(target.closest(".cm-tooltip") ? view.state.field(card)?.i : index === undefined ? undefined : Number(index));
    };
    const leave = (): void => points(undefined);
    view.dom.addEventListener("mousemove", move);
    view.dom.addEventListener("mouseleave", leave);
    return {};
  });

  const left = hoverTooltip(
    ({ state }, pos) => {
      const here = leftOf(state).filter(({ start, end }) => start <= pos && pos <= end);
      const [first] = here;
      return first === undefined || marksOf(state).at(pos) !== undefined ? null : { pos: first.start, end: first.end, create: () => ({ dom: cards.left(here) }) };
    },
    { hoverTime: REST, hideOnChange: true },
  );

  return [shown, drawn, card, pointing, left];
}
