import { describe, expect, test } from "vitest";
import { deletedAt, deletedBefore, retentionFacts, retentionKinds } from "@/lib/core/retention/kinds";
import { placeHoldSchema } from "@/lib/core/retention/schema";

const now = new Date("2026-03-20T09:30:00.000Z");

describe("when a record is deleted", () => {
  test.each([
    { kind: "deliveries", oldest: "2026-01-05T08:00:00.000Z", at: "2026-02-11T00:00:00.000Z" },
    { kind: "hours", oldest: "2025-02-28T23:00:00.000Z", at: "2026-04-02T00:00:00.000Z" },
    { kind: "deadLetters", oldest: "2026-01-05T08:00:00.000Z", at: "2026-02-09T08:00:00.000Z" },
  ] as const)("$kind: a day or month goes once all of it is past its time", ({ kind, oldest, at }) => {
    expect(deletedAt(kind, new Date(oldest))).toEqual(new Date(at));
  });

  test.each(retentionKinds.filter((kind) => retentionFacts[kind].days !== undefined))(
    "%s: what the page says is what the job does, to the day",
    (kind) => {
      const oldest = new Date("2026-02-10T12:00:00.000Z");
      const at = deletedAt(kind, oldest) ?? now;
      const isDue = (when: Date) => endOf(kind, oldest) <= (deletedBefore(kind, when) ?? oldest);
      expect([isDue(new Date(at.getTime() - 1)), isDue(at)]).toEqual([false, true]);
    },
  );

  test.each(["days", "ownAudit"] as const)("%s never are", (kind) => {
    expect([deletedAt(kind, now), deletedBefore(kind, now)]).toEqual([undefined, undefined]);
  });
});

/** The end of what is deleted together with the record. */
function endOf(kind: (typeof retentionKinds)[number], at: Date): Date {
  switch (retentionFacts[kind].by) {
    case "record":
      return at;
    case "day":
      return new Date("2026-02-11T00:00:00.000Z");
    case "month":
      return new Date("2026-03-01T00:00:00.000Z");
  }
}

describe("a hold", () => {
  const reason = "File 12/2026";
  const period = { kind: "period", from: "2026-01-01", to: "2026-01-01", reason };

  test("is of one patient, one person or a period of a day at least", () => {
    expect(placeHoldSchema.safeParse(period).success).toBe(true);
    expect(placeHoldSchema.safeParse({ kind: "person", person: "a.smith", reason }).success).toBe(true);
    expect(
      placeHoldSchema.safeParse({ kind: "patient", value: "1", assigningAuthority: "H", reason }).success,
    ).toBe(true);
  });

  test.each([
    { what: "without a reason", hold: { ...period, reason: "  " } },
    { what: "of a period that ends before it begins", hold: { ...period, to: "2025-12-31" } },
    { what: "of a patient without the issuer of the MRN", hold: { kind: "patient", value: "1", reason } },
    { what: "of everything", hold: { kind: "everything", reason } },
  ])("$what is none", ({ hold }) => {
    expect(placeHoldSchema.safeParse(hold).success).toBe(false);
  });
});
