// Puts the page together: the log and the policy go to the engine, and what it answers is shown.
import { setDiagnostics } from "@codemirror/lint";
import { EditorView, keymap } from "@codemirror/view";
import type { Candidate, Policy } from "scrubline";

import version from "playground:version";

import { because, DONE } from "./catalogue.js";
import { Detectors } from "./detectors.js";
import { copy, debounced, get, h, option, prose, say } from "./dom.js";
import { logEditor, policyEditor, redactedEditor, replace, scrollTogether, wrap } from "./editors.js";
import { call } from "./engine.js";
import { FORMATS } from "./exports.js";
import { findingCard, Findings, leftCard, type Page } from "./findings.js";
import { fragment, linked, NAME } from "./link.js";
import { highlight, markedBy, Marks, marksOf, openCard, setLeft, setMarks } from "./marks.js";
import { write } from "./policy.js";
import { ACTIONS, FIELDS, type Refusal, type Result } from "./protocol.js";
import { SAMPLES } from "./samples.js";
import { diagnose, presets, reason } from "./schema.js";

/** From here on, a log is redacted when typing pauses, and a longer one is cut. */
const LARGE = 1 << 18;
const LARGEST = 1 << 26;
const PAUSE = 300;
/** How much around a place is looked at again to say why. */
const AROUND = 1 << 14;

const DEFAULT: Policy = { preset: "default" };
let policy = DEFAULT;
/** What the engine has against the policy in the editor, or against a known value. */
let refusal: Refusal | undefined;
let setUp = false;

const page: Page = {
  policy: () => policy,
  change(edit, said) {
    const written = parsed();
    if (written === undefined || refusal !== undefined) {
      showControls();
      return say("The policy has an error; mend it first");
    }
    replace(policyView, write(edit(written)));
    say(said);
  },
  reveal(i) {
    highlight(i);
    for (const view of [logView, redactedView]) view.dispatch({ effects: EditorView.scrollIntoView(marksOf(view.state).from(i), { y: "center" }) });
  },
  reason: async (i) => {
    const marks = marksOf(logView.state);
    const [from, to, id] = [marks.from(i), marks.to(i), marks.detector(i)];
    const candidates = await candidatesAround(from, to);
    return candidates.find((one) => one.accepted && one.start === from && one.end === to && one.detector === id);
  },
  log: () => logView.state,
  redacted: () => redactedView.state,
  marks: () => marksOf(logView.state),
};

// ---- editors

const cards = { finding: (i: number) => findingCard(page, i), left: (candidates: readonly Candidate[]) => leftCard(page, candidates) };
const steps = keymap.of([
  { key: "F8", run: (view) => step(view, 1) },
  { key: "Shift-F8", run: (view) => step(view, -1) },
  { key: "Escape", run: closeCard },
]);
const looked = debounced(() => void showLeft(), 150);
const marking = [
  markedBy(cards),
  steps,
  EditorView.domEventHandlers({
    click(_, view) {
      const { main } = view.state.selection;
      const i = main.empty ? marksOf(view.state).at(main.head) : undefined;
      view.dispatch({ effects: openCard.of(i === undefined ? undefined : { i, kept: true }) });
      if (i !== undefined) findings.open(i);
    },
  }),
];
const logView = logEditor([marking, EditorView.updateListener.of((update) => update.viewportChanged && looked())], logChanged);
const redactedView = redactedEditor(marking);
const policyView = policyEditor(write(DEFAULT), debounced(policyChanged, 200));
scrollTogether(logView, redactedView, (view, pos) => marksOf(view.state).across(pos));
const findings = new Findings(page);
const detectors = new Detectors(page);

function step(view: EditorView, by: 1 | -1): boolean {
  const marks = marksOf(view.state);
  if (marks.size === 0) return true;
  const { from, to, empty } = view.state.selection.main;
  const next = by === 1 ? marks.firstAfter(empty ? to - 1 : to) : marks.firstAfter(from - 1) - 1;
  const i = (next + marks.size) % marks.size;
  page.reveal(i);
  view.dispatch({ selection: { anchor: marks.from(i), head: marks.to(i) }, effects: openCard.of({ i, kept: true }) });
  void announce(i);
  return true;
}

function closeCard(view: EditorView): boolean {
  view.dispatch({ effects: openCard.of(undefined) });
  return false;
}

async function announce(i: number): Promise<void> {
  const marks = page.marks();
  const done = DONE[ACTIONS[marks.result.spans[FIELDS * i + 5] ?? 0] ?? "mask"];
  const line = logView.state.doc.lineAt(marks.from(i)).number;
  const why = await page.reason(i);
  get("announcer").textContent = `Line ${line}, ${i + 1} of ${marks.size}: ${marks.detector(i)}, ${done}. ${why === undefined ? "" : because(why)}`;
}

// ---- the engine

/** Runs one call after the other, and of those that come meanwhile only the last. */
function oneAtATime(run: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  return async function start() {
    if (running) return void (again = true);
    running = true;
    try {
      await run();
    } catch (error) {
      get("status").textContent = `The engine failed: ${String(error)}`;
    }
    running = false;
    if (again) {
      again = false;
      void start();
    }
  };
}

const refresh = oneAtATime(async () => {
  const busy = setTimeout(() => document.body.classList.add("busy"), 100);
  try {
    await takePolicy();
    const { doc } = logView.state;
    const result = await call("redact", doc.toString());
    if (logView.state.doc === doc) show(result);
  } finally {
    clearTimeout(busy);
    document.body.classList.remove("busy");
  }
});
const refreshLater = debounced(refresh, PAUSE);

function logChanged(): void {
  if (logView.state.doc.length > LARGE) refreshLater();
  else refresh();
}

function parsed(): Policy | undefined {
  try {
    return JSON.parse(policyView.state.doc.toString()) as Policy;
  } catch {
    return undefined;
  }
}

async function takePolicy(): Promise<void> {
  if (setUp) return;
  const asked = parsed();
  const text = policyView.state.doc;
  setUp = true;
  if (asked !== undefined) {
    const knownValues = get<HTMLTextAreaElement>("known").value.split("\n").filter((line) => line !== "");
    refusal = await call("setup", { policy: asked, knownValues });
    if (refusal === undefined) policy = asked;
    else if (policy === DEFAULT) await call("setup", { policy, knownValues: [] });
  }
  if (text === policyView.state.doc) showPolicy(asked);
}

function policyChanged(): void {
  setUp = false;
  refresh();
}

// ---- what is shown

function show(result: Result): void {
  highlight(undefined);
  replace(redactedView, result.text);
  logView.dispatch({ effects: setMarks.of(new Marks(result, "log")) });
  redactedView.dispatch({ effects: setMarks.of(new Marks(result, "redacted")) });
  findings.update();
  const { size } = page.marks();
  get("total").textContent = size.toLocaleString("en");
  get("status").textContent = summary(result, size);
  counted();
  looked();
}

/** Says the counts once typing pauses, and only where they are others. */
const counted = debounced(() => {
  const [counts = ""] = get("status").textContent.split(" · ");
  if (get("counts").textContent !== counts) get("counts").textContent = counts;
}, 800);

function summary({ detectors: kinds, lines, milliseconds }: Result, size: number): string {
  const { doc } = logView.state;
  const count = (n: number, one: string): string => `${n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;
  const found = size === 0 ? "Nothing found" : `${count(size, "finding")} by ${count(kinds.length, "detector")} in ${lines.toLocaleString("en")} of ${count(doc.lines, "line")}`;
  const time = milliseconds < 0.1 ? "less than 0.1" : milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds);
  return `${found} · ${sized(doc.length)} in ${time} ms`;
}

function sized(length: number): string {
  if (length < 1e3) return `${length} characters`;
  return length < 1e6 ? `${(length / 1e3).toFixed(1)} KB` : `${(length / 1e6).toFixed(1)} MB`;
}

const PATHS = "Dotted paths in `fields` are for values: here a log is read as text, in which they change nothing.";
const isPath = (name: string): boolean => /[.*]/.test(name);

function showPolicy(asked: Policy | undefined): void {
  const { state } = policyView;
  const wrong = asked === undefined ? syntaxError(state.doc.toString()) : diagnose(state, asked, refusal?.path.startsWith("known_values") ? undefined : refusal);
  policyView.dispatch(setDiagnostics(state, wrong));
  const [first] = wrong;
  const message = first?.message ?? (refusal && `${refusal.path}: ${reason(refusal)}`);
  const line = first && `Line ${state.doc.lineAt(first.from).number}: `;
  const inForce = Object.keys(policy.fields ?? {}).some(isPath) ? `The policy is in force. ${PATHS}` : "The policy is in force.";
  get("policy-state").replaceChildren(...prose(message === undefined ? inForce : `${line ?? ""}${message}. The one before stays in force.`));
  get("policy-state").classList.toggle("bad", message !== undefined);
  get("policy-bad").hidden = message === undefined;
  showControls();
  showExport();
}

function showControls(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("#presets input")) input.checked = input.value === (policy.preset ?? "default");
  get("preset-about").textContent = presets.find((one) => one.const === (policy.preset ?? "default"))?.description ?? "";
  detectors.update();
  findings.chart();
}

/** Where JSON breaks; browsers tell the position in different words, or not at all. */
function syntaxError(text: string): { from: number; to: number; severity: "error"; message: string }[] {
  let message = "This is no JSON";
  try {
    JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) message = error.message.replace(/ in JSON at position .*| \(line \d+ column \d+\)/, "").replace(/^JSON\.parse: /, "");
    const position = /position (\d+)/.exec(String(error))?.[1];
    const from = Math.min(Number(position ?? text.length), text.length);
    return [{ from: Math.max(0, Math.min(from, text.length - 1)), to: Math.min(from + 1, text.length), severity: "error", message }];
  }
  return [];
}

function showExport(): void {
  const chosen = document.querySelector<HTMLInputElement>("#formats input:checked")?.value;
  const format = FORMATS.find(({ label }) => label === chosen) ?? FORMATS[0];
  if (format === undefined) return;
  get("exported").textContent = format.write(policy);
  get("export-use").replaceChildren(...prose(`${format.use}.`));
}

/** What was looked at around a place, in whole lines where they are not endless. */
async function candidatesAround(from: number, to: number): Promise<Candidate[]> {
  const { doc } = logView.state;
  const start = doc.lineAt(Math.max(0, from - AROUND)).from;
  const end = doc.lineAt(Math.min(doc.length, to + AROUND)).to;
  return call("explain", { from: Math.max(start, from - 2 * AROUND), to: Math.min(end, to + 2 * AROUND) });
}

async function showLeft(): Promise<void> {
  if (!get<HTMLInputElement>("near").checked) {
    findings.left([]);
    return logView.dispatch({ effects: setLeft.of([]) });
  }
  const { doc } = logView.state;
  const { from, to } = logView.viewport;
  const left = (await candidatesAround(from, Math.min(to, from + AROUND))).filter((one) => !one.accepted && one.end > one.start && one.why !== "overlap");
  if (logView.state.doc !== doc) return;
  findings.left(left);
  logView.dispatch({ effects: setLeft.of(left) });
}

// ---- controls

function segments(id: string, values: readonly string[], chosen: string, changed: (value: string) => void): void {
  for (const value of values) {
    const input = h("input", { type: "radio", name: id, value, checked: value === chosen, change: () => changed(value) });
    get(id).append(h("label", {}, input, h("span", {}, value)));
  }
}

segments("presets", presets.map((one) => one.const), "default", (preset) => page.change((written) => ({ ...written, preset: preset as NonNullable<Policy["preset"]> }), `Preset ${preset}`));
segments("formats", FORMATS.map(({ label }) => label), "JSON", showExport);

const tabs = [...document.querySelectorAll<HTMLElement>("[role=tab]")];
function select(tab: HTMLElement): void {
  for (const one of tabs) {
    const chosen = one === tab;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
    get(one.getAttribute("aria-controls") ?? "").hidden = !chosen;
  }
}
for (const [i, tab] of tabs.entries()) {
  tab.addEventListener("click", () => select(tab));
  tab.addEventListener("keydown", ({ key }) => {
    const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: -1 }[key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (next === undefined) return;
    select(next);
    next.focus();
  });
}

const sample = get<HTMLSelectElement>("sample");
sample.append(option("", "Sample…", true), ...SAMPLES.map(({ label }) => option(label, label, false)));
sample.addEventListener("change", () => {
  const chosen = SAMPLES.find(({ label }) => label === sample.value);
  if (chosen === undefined) return;
  replace(logView, chosen.log);
  if (chosen.policy !== undefined) replace(policyView, write(chosen.policy));
  sample.value = "";
});

async function take(file: File): Promise<void> {
  const text = await file.slice(0, LARGEST).text();
  replace(logView, text);
  logView.dispatch({ selection: { anchor: 0 }, effects: EditorView.scrollIntoView(0) });
  say(file.size > LARGEST ? `Only the first ${sized(LARGEST)} of ${file.name}` : `${file.name} is here; it was sent nowhere`);
}

const file = get<HTMLInputElement>("file");
get("open").addEventListener("click", () => file.click());
file.addEventListener("change", () => {
  if (file.files?.[0] !== undefined) void take(file.files[0]);
  file.value = "";
});

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes("Files") ?? false;
addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("dragging");
});
for (const name of ["dragleave", "drop"] as const) {
  addEventListener(name, ({ relatedTarget }) => {
    if (relatedTarget === null) document.body.classList.remove("dragging");
  });
}
// before the editor, which would put the file where it was dropped
addEventListener(
  "drop",
  (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    document.body.classList.remove("dragging");
    const [dropped] = event.dataTransfer?.files ?? [];
    if (dropped !== undefined) void take(dropped);
  },
  { capture: true },
);

get("clear").addEventListener("click", () => {
  replace(logView, "");
  logView.focus();
});
get("wrap").addEventListener("change", () => wrap([logView, redactedView], get<HTMLInputElement>("wrap").checked));
get("near").addEventListener("change", () => void showLeft());
get("copy").addEventListener("click", () => void copy(redactedView.state.doc.toString(), "The redacted log is copied"));
get("save").addEventListener("click", () => {
  const url = URL.createObjectURL(new Blob([redactedView.state.doc.toString()], { type: "text/plain" }));
  h("a", { href: url, download: "redacted.log" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
});
get("copy-policy").addEventListener("click", () => void copy(get("exported").textContent, "The policy is copied"));
get("tidy").addEventListener("click", () => {
  const asked = parsed();
  if (asked !== undefined) replace(policyView, write(asked));
});
get("reset").addEventListener("click", () => replace(policyView, write(DEFAULT)));
get("known").addEventListener("input", debounced(policyChanged, PAUSE));
get("share").addEventListener("click", async () => {
  history.replaceState(null, "", await fragment(policy));
  await copy(location.href, "The link is copied; it holds the policy, not the log");
});

// the choice of colours is all that is kept, where the browser lets a page keep anything
const COLOURS = "scrubline-colours";
function colour(theme: string): void {
  if (theme === "") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
try {
  colour(localStorage.getItem(COLOURS) ?? "");
} catch {
  // nothing is kept then
}
for (const input of document.querySelectorAll<HTMLInputElement>("#colours input")) {
  input.checked = input.value === (document.documentElement.dataset["theme"] ?? "");
  input.addEventListener("change", () => {
    colour(input.value);
    try {
      localStorage.setItem(COLOURS, input.value);
    } catch {
      // nothing is kept then
    }
  });
}

async function takeLink(): Promise<void> {
  if (!location.hash.startsWith(NAME)) return;
  const given = await linked(location.hash);
  if (given === undefined) say("There is no policy in this link that can be read");
  else replace(policyView, JSON.stringify(given, undefined, 2));
}

async function begin(): Promise<void> {
  await takeLink();
  replace(logView, SAMPLES[0]?.log ?? "");
}

document.querySelector("h1")?.setAttribute("title", `scrubline ${version}`);
addEventListener("hashchange", () => void takeLink());
void begin();
