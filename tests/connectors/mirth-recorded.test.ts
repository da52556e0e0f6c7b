import { describe, expect, test } from "vitest";
import { normalise } from "@/lib/connectors/mirth/normalise";
import { itemSchema } from "@/lib/core/message/schema";
import { type SharedSample, sharedSamples } from "@/tests/support/shared-samples";

const channelId = "recorded";
const samples = sharedSamples("mirth").filter(({ name }) => name.endsWith(".xml"));

/** What a recorded answer is, by its file name; undefined for answers that become no items. */
function pageOf({ name, body }: SharedSample): unknown {
  if (/^messages?-(?!.*(?:count|maxMessageId)).*\.xml$/.test(name)) {
    return {
      kind: "messages",
      channelId,
      observedSeq: 1,
      retainFromMs: 0,
      mapping: {},
      body,
      failures: body,
    };
  }
  if (/^events?-/.test(name)) return { kind: "events", retainFromMs: 0, userNames: {}, body };
  if (/^channels-statuses/.test(name)) {
    const memory = { channels: {} };
    return { kind: "statuses", readAtMs: 1, body, columns: [], queueHeads: [], memory };
  }
  return name === "system-stats.xml" ? { kind: "system", readAtMs: 1, stats: body } : undefined;
}

const pages = samples.flatMap((sample) => {
  const page = pageOf(sample);
  return page === undefined ? [] : [[sample.name, page] as const];
});

describe.runIf(pages.length > 0)("answers recorded from a real engine", () => {
  test.each(pages)("%s is understood whole", (_, page) => {
    const { items, rejects } = normalise(page);
    expect(rejects).toEqual([]);
    expect(items.length).toBeGreaterThan(0);
    const refused = items.filter((item) => !itemSchema.safeParse(JSON.parse(JSON.stringify(item))).success);
    expect(refused).toEqual([]);
  });
});
