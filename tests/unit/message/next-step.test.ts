import { describe, expect, it } from "vitest";
import { reasonAdvice } from "@/lib/core/message/next-step";
import { failureReasons } from "@/lib/core/message/reason";

describe("advice on a failure", () => {
  it("says something of its own for every reason", () => {
    const titles = failureReasons.map((reason) => reasonAdvice[reason].title);
    const steps = failureReasons.map((reason) => reasonAdvice[reason].nextStep);
    expect(new Set(titles).size).toBe(failureReasons.length);
    expect(new Set(steps).size).toBe(failureReasons.length);
  });

  it("keeps each next step to one sentence", () => {
    for (const reason of failureReasons) expect(reasonAdvice[reason].nextStep).toMatch(/^[A-Z][^.]*\.$/);
  });

  it("does not advise to send again what was rejected for its content", () => {
    expect(reasonAdvice.nack_ar.retry).toBe("new-message");
    expect(reasonAdvice.required_field.retry).toBe("new-message");
    expect(reasonAdvice.connect_refused.retry).toBe("by-itself");
  });
});
