import { expect, test } from "vitest";
import { handleCspReport } from "@/lib/api/csp-report";
import { policyReportSchema } from "@/lib/core/browser-report/schema";

const page = "https://signalbox.example.org/messages/7.1.2?patient=4711";

const modern = {
  type: "csp-violation",
  body: {
    effectiveDirective: "script-src-elem",
    blockedURL: "https://evil.example/4711.js",
    documentURL: page,
    sample: "4711",
  },
};

test("both kinds of report say which rule, what kind of thing and on which page; nothing else is kept", () => {
  const old = {
    "csp-report": {
      "violated-directive": "script-src",
      "blocked-uri": "inline",
      "document-uri": page,
      "script-sample": "4711",
    },
  };
  expect(policyReportSchema.parse(old)).toEqual([
    { directive: "script-src", blocked: "inline", page: "messages" },
  ]);
  const kept = policyReportSchema.parse([modern, { type: "deprecation", body: {} }]);
  expect(kept).toEqual([{ directive: "script-src-elem", blocked: "elsewhere", page: "messages" }]);
  expect(JSON.stringify(kept)).not.toMatch(/4711|evil/);
});

test("a made-up report keeps no text of its sender", () => {
  const body = { effectiveDirective: "Patient 4711", blockedURL: "4711", documentURL: "javascript:4711" };
  expect(policyReportSchema.parse({ type: "csp-violation", body })).toEqual([
    { directive: "unknown", blocked: "elsewhere", page: "other" },
  ]);
});

test.each([
  ["trusted-types-sink", "trusted-types"],
  ["eval", "eval"],
  ["data", "data"],
  ["https://signalbox.example.org/x.js", "same-origin"],
])("what was refused is told by its kind: %s", (blockedURL, blocked) => {
  const report = { ...modern, body: { ...modern.body, blockedURL } };
  expect(policyReportSchema.parse(report)).toMatchObject([{ blocked }]);
});

const send = (body: string) =>
  handleCspReport(new Request("http://x.invalid/api/csp-report", { method: "POST", body }));

test("a report is answered with nothing, other bodies with a refusal", async () => {
  expect((await send(JSON.stringify(modern))).status).toBe(204);
  expect((await send("[]")).status).toBe(204);
  await expect(send("{")).rejects.toMatchObject({ code: "bad_request" });
  await expect(send(`"${"x".repeat(70_000)}"`)).rejects.toMatchObject({ code: "too_large" });
});
