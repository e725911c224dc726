// The three editors: the log, what was made of it, and the policy.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightSpecialChars, hoverTooltip, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";

import { get } from "./dom.js";
import { complete, explainName } from "./schema.js";

const theme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "transparent", color: "var(--text)", fontSize: "var(--code-size)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.65", overscrollBehavior: "contain" },
  ".cm-content": { caretColor: "var(--text)", padding: "10px 0" },
  ".cm-line": { padding: "0 12px 0 8px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--faint)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 6px 0 12px", minWidth: "38px" },
  ".cm-placeholder": { color: "var(--muted)" },
  ".cm-selectionMatch": { backgroundColor: "var(--match)" },
  ".cm-searchMatch": { backgroundColor: "var(--match)", outline: "1px solid var(--border-strong)" },
  ".cm-matchingBracket": { backgroundColor: "var(--match)", outline: "none" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--text)", border: "1px solid var(--border-strong)", borderRadius: "8px", boxShadow: "var(--shadow)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "14em", padding: "4px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px", borderRadius: "5px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-tooltip.cm-completionInfo": { padding: "8px 10px", maxWidth: "320px" },
  ".cm-diagnostic": { padding: "6px 10px" },
  ".cm-diagnosticSource": { color: "var(--muted)", opacity: "1" },
  ".cm-panels": { backgroundColor: "var(--raised)", color: "var(--text)", borderColor: "var(--border)" },
  ".cm-panels button.cm-button": { backgroundImage: "none", backgroundColor: "var(--surface)", color: "var(--text)", border: "1px solid var(--border-strong)", borderRadius: "6px" },
  ".cm-textfield": { backgroundColor: "var(--surface)", color: "var(--text)", border: "1px solid var(--border-strong)", borderRadius: "6px" },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-name)" },
  { tag: tags.string, color: "var(--code-text)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

const shared: Extension = [theme, lineNumbers(), highlightSpecialChars(), search({ top: true }), keymap.of([...searchKeymap, ...historyKeymap, ...defaultKeymap])];

/** On for the log and the redacted text, by the same switch. */
const wrapping = new Compartment();

function editor(id: string, label: string, doc: string, extensions: Extension): EditorView {
  const attributes = EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" });
  return new EditorView({ parent: get(id), state: EditorState.create({ doc, extensions: [attributes, extensions, shared] }) });
}

export function logEditor(marks: Extension, changed: () => void): EditorView {
  return editor("log", "Log", "", [
    history(),
    placeholder("Paste a log here, or drop a file"),
    wrapping.of(EditorView.lineWrapping),
    highlightSelectionMatches(),
    marks,
    EditorView.updateListener.of((update) => update.docChanged && changed()),
  ]);
}

export function redactedEditor(marks: Extension): EditorView {
  const readOnly = [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ "aria-readonly": "true" })];
  return editor("redacted", "Redacted log", "", [readOnly, wrapping.of(EditorView.lineWrapping), highlightSelectionMatches(), marks]);
}

export function policyEditor(text: string, changed: () => void): EditorView {
  return editor("policy", "Policy, JSON", text, [
    history(),
    json(),
    syntaxHighlighting(colours),
    bracketMatching(),
    closeBrackets(),
    indentOnInput(),
    EditorView.lineWrapping,
    autocompletion({ override: [complete], icons: false }),
    hoverTooltip(explainName),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap]),
    EditorView.contentAttributes.of({ "aria-describedby": "policy-state" }),
    EditorView.updateListener.of((update) => update.docChanged && changed()),
  ]);
}

export function wrap(views: readonly EditorView[], on: boolean): void {
  for (const view of views) view.dispatch({ effects: wrapping.reconfigure(on ? EditorView.lineWrapping : []) });
}

/** Gives an editor other text, of which only the part that differs is touched. Lines end as in an editor, whatever the file had. */
export function replace(view: EditorView, given: string): void {
  const text = given.replace(/\r\n?/g, "\n");
  const old = view.state.doc.toString();
  if (old === text) return;
  const limit = Math.min(old.length, text.length);
  let start = 0;
  while (start < limit && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  let same = 0;
  while (same < limit - start && old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same)) same++;
  view.dispatch({ changes: { from: start, to: old.length - same, insert: text.slice(start, text.length - same) } });
}

/** Scrolls each of two editors with the other, so that the same place of the log stands at the top of both. */
export function scrollTogether(a: EditorView, b: EditorView, across: (view: EditorView, pos: number) => number): void {
  let leader = a;
  for (const [view, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const lead = (): void => void (leader = view);
    for (const name of ["pointerenter", "wheel", "touchstart", "focusin", "keydown"]) view.dom.addEventListener(name, lead, { passive: true });
    const follow = {
      key: other,
      read: (): number => {
        const top = view.scrollDOM.scrollTop - view.documentPadding.top;
        const block = view.lineBlockAtHeight(top);
        const target = other.lineBlockAt(Math.min(across(view, block.from), other.state.doc.length));
        return target.top + other.documentPadding.top + Math.max(0, (top - block.top) / block.height) * target.height;
      },
      write: (top: number): void => {
        if (leader === view) other.scrollDOM.scrollTop = top;
      },
    };
    // heights are guesses until a place is seen: measured first, then followed
    view.scrollDOM.addEventListener("scroll", () => leader === view && view.requestMeasure(follow));
  }
}
