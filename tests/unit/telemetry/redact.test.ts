import { describe, expect, test } from "vitest";
import { redactFields } from "@/lib/telemetry/redact";

describe("log fields", () => {
  test("counts, durations, ids and states pass", () => {
    const fields = {
      count: 3,
      latencyMs: 12.5,
      sourceId: "src-1",
      state: "paused",
      ok: true,
      at: new Date(0),
    };
    expect(redactFields(fields)).toEqual(fields);
  });

  test.each([
    "name",
    "birthDate",
    "mrn",
    "patientRef",
    "raw",
    "rawMessage",
    "content",
    "Authorization",
    "cookie",
    "password",
    "clientSecret",
    "apiToken",
    "accession",
    "payload",
  ])("%s is never written", (field) => {
    expect(redactFields({ [field]: "x" })).toEqual({ [field]: "[redacted]" });
    expect(redactFields({ nested: { [field]: "x" } })).toEqual({ nested: { [field]: "[redacted]" } });
  });

  test("text that looks like a message or an identifier is not written under any name", () => {
    expect(redactFields({ reason: "MSH|^~\\&|A|B|", hint: "ROE^JAN", detail: "id 12345678" })).toEqual({
      reason: "[redacted]",
      hint: "[redacted]",
      detail: "[redacted]",
    });
  });

  test("an error keeps its code and frames but not its message", () => {
    const error = Object.assign(new Error("Key (mrn)=(77) already exists"), { code: "23505" });
    const written = redactFields({ error })["error"];
    expect(written).toMatchObject({ type: "Error", code: "23505" });
    expect(JSON.stringify(written)).not.toContain("already exists");
  });

  test("the product's own errors keep their static message and redacted info, and the cause is redacted too", () => {
    const error = Object.assign(
      new Error("The engine did not answer.", { cause: new Error("secret words") }),
      {
        name: "AppError",
        info: { sourceId: "s", mrn: "1" },
      },
    );
    const written = redactFields({ error })["error"];
    expect(written).toMatchObject({
      text: "The engine did not answer.",
      info: { sourceId: "s", mrn: "[redacted]" },
    });
    expect(JSON.stringify(written)).not.toContain("secret words");
  });

  test("deep and long values are cut", () => {
    expect(redactFields({ a: { b: { c: { d: { e: 1 } } } } })).toEqual({
      a: { b: { c: { d: "[redacted]" } } },
    });
    expect(redactFields({ list: Array.from({ length: 50 }, () => 1) })["list"]).toHaveLength(20);
  });
});
