import { describe, expect, test } from "vitest";
import { MAX_ATTEMPTS, nextAttemptAt } from "@/lib/core/notice/problem";
import { channelAddressSchema } from "@/lib/core/notice/schema";
import { isSignedBy, signBody } from "@/lib/core/notice/signature";
import { noticeSentence, noticeTitle } from "@/lib/core/notice/words";
import { aNotice } from "@/tests/support/notices";

const now = new Date("2026-11-24T08:00:00Z");
const body = '{"a":1}';
const [old, fresh] = ["old-secret-0123456", "new-secret-0123456"];

describe("a signature", () => {
  const header = signBody({ body, secrets: [fresh, old], at: now });

  test.each([fresh, old])("is known by either secret while one is being changed", (secret) => {
    expect(isSignedBy({ header, body, secret, now })).toBe(true);
  });

  test.each([
    { what: "another body", header, body: `${body} `, secret: fresh, now },
    { what: "another secret", header, body, secret: "another-secret-01", now },
    { what: "five minutes later", header, body, secret: fresh, now: new Date(now.getTime() + 301_000) },
    {
      what: "another time",
      header: header.replace(/t=\d+/, "t=1"),
      body,
      secret: fresh,
      now: new Date(1_000),
    },
    { what: "no header", header: "", body, secret: fresh, now },
  ])("does not fit $what", ({ what: _, ...ask }) => {
    expect(isSignedBy(ask)).toBe(false);
  });
});

describe("the next attempt", () => {
  test("waits twice as long each time, and comes to an end", () => {
    const pauses = Array.from({ length: MAX_ATTEMPTS }, (_, i) => {
      const at = nextAttemptAt({ attempts: i + 1, now, spread: 0 });
      return at === undefined ? undefined : (at.getTime() - now.getTime()) / 1_000;
    });
    expect(pauses).toEqual([15, 30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600, undefined]);
  });
});

describe("what a notice says", () => {
  test("is the severity, the interface, the reason and how many", () => {
    expect(noticeTitle(aNotice())).toBe("Critical: Lab results to RIS");
    expect(noticeSentence(aNotice())).toBe("Nothing listens at the destination (3 messages)");
    expect(noticeTitle(aNotice({ kind: "incident_resolved" }))).toBe("Incident resolved: Lab results to RIS");
  });
});

describe("an address of a channel", () => {
  test.each(["http://169.254.169.254/x", "file:///etc/passwd", "https://u:p@example.org/", "http://0/"])(
    "is never %s",
    (url) => {
      expect(channelAddressSchema.safeParse({ kind: "slack", url }).success).toBe(false);
    },
  );

  test("may carry a query, as those of Teams do", () => {
    const url = "https://prod-1.westeurope.logic.azure.com/workflows/x/triggers/manual/paths/invoke?sig=y";
    expect(channelAddressSchema.safeParse({ kind: "teams", url }).success).toBe(true);
  });
});
