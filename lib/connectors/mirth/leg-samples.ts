import type { Sample } from "@/lib/core/message/schema";
import type { LegMemory } from "./pages";
import type { ChannelStatus } from "./wire";

export type LegSeen = {
  readonly channelId: string;
  readonly atMs: number;
  readonly connector: ChannelStatus["connectors"][number];
  /** What the connector is doing now, where the engine has the plugin that tells. */
  readonly word: string | undefined;
  readonly before: LegMemory | undefined;
};

export type LegJudged = {
  readonly samples: readonly Sample[];
  readonly memory: LegMemory;
  /** A counter is lower than before. */
  readonly fell: boolean;
};

/**
 * Samples of one leg: the engine's counters `received`, `filtered`, `sent`, `error` and `queueDepth` as they stand, and
 * `connectionState`. Written when a value changed and at least once a minute, because most legs rest most of the time.
 */
export function legSamples({ channelId, atMs, connector, word, before }: LegSeen): LegJudged {
  const { received, filtered, sent, error } = connector.counters;
  const counters: LegMemory["counters"] = [received, filtered, sent, error];
  const queued = Math.max(0, connector.queued);
  const connection = word === undefined ? undefined : connectionState(word);
  const isSame =
    before !== undefined &&
    before.queued === queued &&
    before.connection === connection &&
    before.counters.every((value, i) => value === counters[i]);
  const isDue = !isSame || atMs - before.sampledAtMs >= REPEAT_AFTER_MS;
  const memory: LegMemory = {
    counters,
    queued,
    ...(connection === undefined ? {} : { connection }),
    sampledAtMs: isDue ? atMs : before.sampledAtMs,
    ...(before?.headReadAtMs === undefined ? {} : { headReadAtMs: before.headReadAtMs }),
  };
  const sample = (metric: string, value: number | null): Sample => ({
    kind: "gauge",
    interface: channelId,
    leg: String(connector.metaDataId),
    metric,
    at: new Date(atMs),
    value,
  });
  const samples = [
    sample("received", received),
    sample("filtered", filtered),
    sample("sent", sent),
    sample("error", error),
    sample("queueDepth", queued),
    ...(connection === undefined ? [] : [sample("connectionState", connection)]),
    // An empty queue has no head; said once, when it empties.
    ...(queued === 0 && (before?.queued ?? 0) > 0 ? [sample("headAgeMs", null)] : []),
  ];
  return {
    samples: isDue ? samples : [],
    memory,
    fell: before?.counters.some((value, i) => (counters[i] ?? 0) < value) ?? false,
  };
}

const REPEAT_AFTER_MS = 60_000;

/** 0 = not connected, 1 = waiting or connecting, 2 = ready or at work. Words of the dashboard's connection column. */
function connectionState(word: string): number {
  if (/disconnect|fail/i.test(word)) return 0;
  return /waiting|connecting/i.test(word) ? 1 : 2;
}
