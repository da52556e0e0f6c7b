import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calls, type EngineCall } from "@/lib/connectors/mirth/calls";

/** Every call that the product may make to an engine, in full. A new one must be added here by a person. */
const allowed: Readonly<Record<keyof typeof calls, RegExp>> = {
  version: /^\/api\/server\/version$/,
  status: /^\/api\/server\/status$/,
  about: /^\/api\/server\/about$/,
  time: /^\/api\/server\/time$/,
  currentUser: /^\/api\/users\/current$/,
  users: /^\/api\/users$/,
  channelNames: /^\/api\/channels\/idsAndNames$/,
  statuses: /^\/api\/channels\/statuses\?includeUndeployed=true$/,
  statistics: /^\/api\/channels\/statistics\?includeUndeployed=true$/,
  connectorStates: /^\/api\/extensions\/dashboardstatus\/connectorStates$/,
  columns: /^\/api\/channels\/[\w-]+\/metaDataColumns$/,
  systemStats: /^\/api\/system\/stats$/,
  alertStatuses: /^\/api\/alerts\/statuses$/,
  maxMessageId: /^\/api\/channels\/[\w-]+\/messages\/maxMessageId$/,
  messages:
    /^\/api\/channels\/[\w-]+\/messages\?minMessageId=\d+&maxMessageId=\d+&limit=\d+&includeContent=false$/,
  newestMessage: /^\/api\/channels\/[\w-]+\/messages\?maxMessageId=\d+&limit=1&includeContent=false$/,
  failures:
    /^\/api\/channels\/[\w-]+\/messages\?minMessageId=\d+&maxMessageId=\d+&status=ERROR&limit=\d+&includeContent=true$/,
  queueHead:
    /^\/api\/channels\/[\w-]+\/messages\?status=QUEUED&includedMetaDataId=\d+&minSendAttempts=1&limit=5&includeContent=false$/,
  message: /^\/api\/channels\/[\w-]+\/messages\/\d+$/,
  maxEventId: /^\/api\/events\/maxEventId$/,
  events: /^\/api\/events\?minEventId=\d+&maxEventId=\d+&limit=\d+$/,
  reprocessEvents: /^\/api\/events\?minEventId=\d+&name=Reprocess%20messages&limit=\d+$/,
};

type Given = {
  readonly channelId: string;
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  readonly leg: number;
  readonly messageId: number;
};

/** Every call that can be formed from what is given; refusals form none. */
function everyCall(given: Given): readonly EngineCall[] {
  return Object.values(calls).flatMap((make) => {
    try {
      return [make(given)];
    } catch {
      return [];
    }
  });
}

const channelIds = fc.oneof(
  fc.uuid(),
  fc.string(),
  fc.constantFrom(
    "..",
    ".",
    "../users",
    "a/b",
    "x?y=1",
    "x#y",
    "%2e%2e",
    "\r\nHost: x",
    "_clearAllStatistics",
  ),
);
const numbers = fc.oneof(fc.integer(), fc.double());
const anything: fc.Arbitrary<Given> = fc.record({
  channelId: channelIds,
  from: numbers,
  to: numbers,
  limit: numbers,
  leg: numbers,
  messageId: numbers,
});

describe("the calls that can be formed", () => {
  test("are the listed reads, whatever they are given", () => {
    fc.assert(
      fc.property(anything, (given) => {
        for (const { name, path } of everyCall(given)) expect(path).toMatch(allowed[name]);
      }),
      { numRuns: 500 },
    );
  });

  test("never leave the API's folder of a channel once an address is resolved", () => {
    fc.assert(
      fc.property(anything, (given) => {
        for (const { path } of everyCall(given)) {
          const { pathname, search } = new URL(path, "https://engine.invalid:8443");
          expect(`${pathname}${search}`).toBe(path);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("hold no method and no body: the client knows GET alone", () => {
    const formed = everyCall({ channelId: "c", from: 1, to: 2, limit: 3, leg: 1, messageId: 4 });
    expect(formed.map(({ name }) => name)).toEqual(Object.keys(allowed));
    for (const call of everyCall({ channelId: "c", from: 1, to: 2, limit: 3, leg: 1, messageId: 4 })) {
      expect(Object.keys(call).sort()).toEqual(["accept", "name", "path"]);
    }
  });
});
