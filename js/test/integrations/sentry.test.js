import assert from "node:assert/strict";
import { test } from "node:test";

import { corrupt } from "../instance.js";

import { Redactor } from "scrubline";
import { scrubSentry, sentryIntegration } from "scrubline/sentry";

import { freeze } from "../describe.js";
import { tool } from "../tools.js";
import { fc, keepsSecrets, text, value } from "./random.js";

const Sentry = { ...tool("@sentry/core"), ...tool("@sentry/core/server") };

/** A client of the real SDK that keeps what it would send. */
function client(options = {}) {
  const sent = [];
  const transport = (given) => Sentry.createTransport(given, async ({ body }) => (sent.push(Buffer.from(body).toString()), {}));
  const made = new Sentry.ServerRuntimeClient({
    dsn: "https://public@sentry.invalid/1", transport, integrations: [sentryIntegration(new Redactor())], stackParser: () => [], tracesSampleRate: 1,
    ...scrubSentry(new Redactor()), ...options,
  });
  const scope = new Sentry.Scope();
  scope.setClient(made);
  made.init();
  return { made, scope, sent };
}

test("events and breadcrumbs of the SDK", async () => {
  const { made, scope, sent } = client();
  await Sentry.withScope(scope, async () => {
    scope.addBreadcrumb({ message: "clicked for ana@example.com", data: { password: "hunter2" } });
    const before = made.getOptions().beforeBreadcrumb({ message: "to ana@example.com" }, {});
    assert.deepEqual(before, { message: "to ***@example.com" });
    scope.setUser({ id: 7, email: "ana@example.com" });
    scope.setExtra("apiKey", "abcd1234efgh5678");
    scope.captureMessage("to ana@example.com", "warning");
    made.captureException(new Error("no ana@example.com"), {}, scope);
    await made.flush(2000);
  });
  assert.equal(sent.length, 2);
  const out = sent.join("\n");
  assert.ok(!/ana@|hunter2|abcd1234/.test(out), out);
  assert.match(out, /"message":"to \*\*\*@example\.com"/);
  assert.match(out, /"value":"no \*\*\*@example\.com"/);
  assert.match(out, /"id":7/);
  assert.match(out, /"event_id":"[0-9a-f]{32}"/);
});

test("logs and spans of the SDK", async () => {
  const { made, scope, sent } = client({ enableLogs: true });
  await Sentry.withScope(scope, async () => {
    Sentry.logger.info(Sentry.logger.fmt`password: ${"hunter2"}`, { email: "ana@example.com" }, { scope });
    Sentry.startSpan({ name: "to ana@example.com", attributes: { apiKey: "abcd1234efgh5678" }, scope, forceTransaction: true }, () => undefined);
    await made.flush(2000);
  });
  const out = sent.join("\n");
  assert.match(out, /"body":"password: \[REDACTED\]"/);
  assert.match(out, /"name":"to \*\*\*@example\.com"/);
  assert.ok(!/ana@|hunter2|abcd1234/.test(out), out);
});

test("what only the integration sees", async () => {
  const { made, scope, sent } = client({ enableLogs: true });
  await Sentry.withScope(scope, async () => {
    scope.setUser({ email: "ana@example.com" });
    scope.setAttributes({ password: "hunter2", plan: "free", n: 5 });
    Sentry.logger.info("x", {}, { scope });
    Sentry.captureFeedback({ message: "my password: hunter2", email: "ana@example.com" }, {}, scope);
    made.captureCheckIn({ monitorSlug: "to ana@example.com", status: "ok" }, undefined, scope);
    made.captureEvent({ type: "replay_event", urls: ["https://a.example/?token=abcd1234efgh5678"] }, {}, scope);
    scope.addAttachment({ filename: "ana@example.com.txt", data: "stays" });
    scope.captureMessage("y");
    await made.flush(2000);
  });
  const out = sent.join("\n");
  for (const kind of ["log", "feedback", "check_in", "replay_event", "attachment"]) assert.match(out, new RegExp(`"type":"${kind}"`));
  assert.ok(!/ana@|hunter2|abcd1234/.test(out), out);
  assert.match(out, /"password":\{"value":"\[REDACTED\]","type":"string"\}/);
  assert.match(out, /"n":\{"value":5,"type":"integer"\}/);
  assert.match(out, /"message":"my password: \[REDACTED\]"/);
});

test("of an envelope that cannot be redacted nothing is sent", () => {
  const redactor = new Redactor();
  redactor.redactValue = () => "[REDACTED:error]";
  const hooks = {};
  sentryIntegration(redactor).setup({ on: (name, hook) => (hooks[name] = hook) });
  const bytes = new Uint8Array(2);
  const envelope = [{}, [[{ type: "feedback" }, { message: "ana@example.com" }], [{ type: "attachment" }, bytes]]];
  hooks.beforeEnvelope(envelope);
  assert.deepEqual(envelope[1], [[{ type: "feedback" }, {}], [{ type: "attachment" }, bytes]]);
});

test("the caller's event stays, the SDK's own part is handed on", () => {
  const own = { scope: { password: "hunter2" } };
  const event = freeze({ message: "to ana@example.com", tags: { a: "b" }, sdkProcessingMetadata: own });
  const out = scrubSentry(new Redactor()).beforeSend(event);
  assert.equal(out.sdkProcessingMetadata, own);
  assert.equal(out.message, "to ***@example.com");
  assert.equal(out.tags, event.tags);
});

test("template and parameters", () => {
  const { beforeSend } = scrubSentry(new Redactor());
  assert.deepEqual(beforeSend({ logentry: { message: "password: %s", params: ["hunter2"] } }), { logentry: { message: "password: [REDACTED]" } });
  const event = { logentry: { message: "user %s", params: [7] } };
  assert.equal(beforeSend(event).logentry, event.logentry);
});

test("the arguments of a call of the console", () => {
  const { beforeBreadcrumb, beforeSend } = scrubSentry(new Redactor());
  const data = (...args) => ({ category: "console", message: args.map(String).join(" "), data: { arguments: args, logger: "console" } });
  const args = ["user %s", "password: %s", "hunter2"];
  assert.deepEqual(beforeBreadcrumb(data(...args)), data("user %s", "password: [REDACTED]"));
  assert.deepEqual(beforeBreadcrumb(data({ a: 1 }, "password:", "hunter2")), data({ a: 1 }, "password: [REDACTED]"));
  assert.deepEqual(beforeBreadcrumb(data("password: %o", { a: "hunter2" }, 5)), { ...data("password:", { a: "[REDACTED]" }, "5"), message: "password: [REDACTED] 5" });
  const clean = freeze(data("to %s", "noon", { a: 1 }));
  assert.equal(beforeBreadcrumb(clean), clean);
  const event = { message: args.join(" "), extra: { arguments: args }, breadcrumbs: [data(...args), { message: "x" }, null] };
  assert.deepEqual(beforeSend(freeze(event)), {
    message: "user %s password: [REDACTED]", extra: { arguments: ["user %s", "password: [REDACTED]"] },
    breadcrumbs: [data("user %s", "password: [REDACTED]"), { message: "x" }, null],
  });
  assert.equal(beforeSend({ message: "mine", extra: { arguments: args } }).message, "mine");
  // with `attachStacktrace`
  const raised = { type: "Error", value: args.join(" "), stacktrace: { frames: [] } };
  assert.deepEqual(beforeSend(freeze({ extra: { arguments: args }, exception: { values: [raised, null, { value: "mine" }] } })).exception, {
    values: [{ ...raised, value: "user %s password: [REDACTED]" }, null, { value: "mine" }],
  });
});

test("attributes keep a type that is theirs", () => {
  const { beforeSendSpan } = scrubSentry(new Redactor());
  const attributes = {
    "http.request.header.cookie": { value: ["sid=hunter2hunter2"], type: "array" }, password: { value: 12345678, type: "integer" },
    token: { value: true, type: "boolean" }, n: { value: 1.5, type: "double" }, raw: "x",
  };
  assert.deepEqual(beforeSendSpan({ attributes }).attributes, {
    "http.request.header.cookie": { value: ["[REDACTED]"], type: "array" }, password: { value: "[REDACTED]", type: "string" },
    token: { value: true, type: "boolean" }, n: { value: 1.5, type: "double" }, raw: "x",
  });
});

test("where the engine broke, a fresh one is asked", () => {
  const scrub = scrubSentry(new Redactor());
  scrub.beforeSend({ message: "x" });
  corrupt();
  assert.deepEqual(scrub.beforeSend({ event_id: "a", message: "ana@example.com" }), { event_id: "a", message: "***@example.com" });
});

test("what cannot be redacted is not sent, but that there was an event", () => {
  const redactor = new Redactor();
  redactor.redactValue = () => "[REDACTED:error]";
  const scrub = scrubSentry(redactor);
  assert.deepEqual(scrub.beforeSend({ event_id: "a", level: "error", message: "ana@example.com" }), { event_id: "a", level: "error", message: "[REDACTED:error]" });
  for (const name of ["beforeSendTransaction", "beforeBreadcrumb", "beforeSendLog", "beforeSendMetric"]) {
    assert.equal(scrub[name]({ message: "ana@example.com" }), null, name);
  }
  assert.deepEqual(scrub.beforeSendSpan({ span_id: "a", name: "ana@example.com" }), {
    span_id: "a", name: "[REDACTED:error]", description: "[REDACTED:error]", data: {}, attributes: {},
  });
});

test("random events: no planted secret comes out", async () => {
  const scrub = scrubSentry(new Redactor());
  const parts = { message: text, extra: value, contexts: value, user: value, breadcrumbs: fc.array(value, { maxLength: 3 }), attributes: value };
  const event = fc.record({ ...parts, logentry: fc.constant({ message: "password: %s", params: ["planted-hunter2"] }) });
  await keepsSecrets([event, fc.oneof(fc.record(parts), fc.object())], (given, other) => [
    scrub.beforeSend(given), scrub.beforeSendTransaction(given), ...Object.values(scrub).map((call) => call(other)),
  ]);
});
