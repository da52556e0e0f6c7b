import { describe, expect, it } from "vitest";
import {
  parseAuditFilter,
  parseEventPlace,
  printAuditFilter,
  printEventPlace,
} from "@/lib/core/audit/external-event";
import { maskAttributes } from "@/lib/core/audit/mask-attributes";

describe("the filter of audit events in the address", () => {
  it("comes back as it was written", () => {
    const filter = {
      sourceId: 3,
      person: "msmith",
      event: "Deploy",
      action: "E",
      outcome: "authorised",
      object: "ADT",
      own: "shown",
    } as const;
    expect(parseAuditFilter(printAuditFilter(filter))).toEqual(filter);
    expect(parseAuditFilter(printAuditFilter({}))).toEqual({});
  });

  it("leaves out what it cannot read", () => {
    expect(
      parseAuditFilter({ action: "X", outcome: "done", source: "-1", own: "yes", person: "  " }),
    ).toEqual({});
  });

  it("names an event by source, time and id", () => {
    const place = { sourceId: 2, at: new Date("2026-11-24T02:10:00.123Z"), id: "-42" };
    expect(parseEventPlace(printEventPlace(place))).toEqual(place);
    expect(parseEventPlace("2.x.1")).toBeUndefined();
  });
});

describe("attributes of an audit event", () => {
  const mask = (attributes: Record<string, string>) =>
    Object.fromEntries(maskAttributes(attributes).map(({ name, value }) => [name, value]));

  it("show which channel and which setting", () => {
    expect(mask({ "channel[0]": "Channel[id=7f,name=ADT]\n", limit: "20" })).toEqual({
      "channel[0]": "Channel[id=7f,name=ADT]",
      limit: "20",
    });
  });

  it("mask what was searched for", () => {
    expect(mask({ metaDataSearch: "MRN = 0012AB" })).toEqual({ metaDataSearch: "XXX = 9999XX" });
  });

  it("mask a whole message, even under a name that is shown otherwise", () => {
    const message = "MSH|^~\\&|A|B\rPID|1||0012AB";
    expect(mask({ message })["message"]).not.toMatch(/0012AB/);
    expect(mask({ status: message })["status"]).not.toMatch(/0012AB/);
    expect(mask({ status: "x PID|1||0012AB" })["status"]).not.toMatch(/0012AB/);
  });

  it("say which values are masked, and leave empty ones alone", () => {
    expect(maskAttributes({ textSearch: "", limit: "5" })).toEqual([
      { name: "limit", value: "5", isMasked: false },
      { name: "textSearch", value: "", isMasked: false },
    ]);
  });
});
