import type { Item, NormalisedBatch, Reject, Sample } from "@/lib/core/message/schema";
import type { SystemPage } from "./pages";
import { WIRE_CONTENT } from "./unknown-shape";
import { alertStatusSchema, systemStatsSchema } from "./wire";
import { parseXml, type XmlElement } from "./xml";

/** Gauges of the engine as a whole, and a marker when its version changed. */
export function normaliseSystem(page: SystemPage): NormalisedBatch {
  const { stats, rejects } = statsSamples(page);
  const items: Item[] = [...stats, ...alertSamples(page), ...versionChange(page)];
  if (page.clockSkewMs !== undefined) items.push(sampleAt(page, "clockSkewMs", page.clockSkewMs));
  return { items, rejects };
}

function statsSamples(page: SystemPage): {
  readonly stats: readonly Sample[];
  readonly rejects: readonly Reject[];
} {
  if (page.stats === undefined) return { stats: [], rejects: [] };
  const parsed = systemStatsSchema.safeParse(leaves(parseXml(page.stats)));
  if (!parsed.success) {
    const reject: Reject = {
      reason: "unknown_shape",
      detail: "system stats",
      contentKind: WIRE_CONTENT,
      payload: JSON.stringify(page),
    };
    return { stats: [], rejects: [reject] };
  }
  const { cpuUsagePct, allocatedMemoryBytes, freeMemoryBytes, maxMemoryBytes, ...disk } = parsed.data;
  const stats = [
    // 0 to 1 despite its name; below 0 where the JVM cannot tell.
    sampleAt(page, "cpuUsage", cpuUsagePct < 0 ? null : cpuUsagePct),
    sampleAt(page, "heapUsedBytes", allocatedMemoryBytes - freeMemoryBytes),
    sampleAt(page, "heapMaxBytes", maxMemoryBytes),
    ...(disk.diskFreeBytes === undefined ? [] : [sampleAt(page, "diskFreeBytes", disk.diskFreeBytes)]),
    ...(disk.diskTotalBytes === undefined ? [] : [sampleAt(page, "diskTotalBytes", disk.diskTotalBytes)]),
  ];
  return { stats, rejects: [] };
}

/** All alerts together. The engine counts in memory, so a restart begins at 0. */
function alertSamples(page: SystemPage): readonly Sample[] {
  if (page.alerts === undefined) return [];
  const counts = parseXml(page.alerts).children.flatMap((alert) => {
    const parsed = alertStatusSchema.safeParse(leaves(alert));
    return parsed.success ? [parsed.data.alertedCount] : [];
  });
  return [
    sampleAt(
      page,
      "alertsDispatched",
      counts.reduce((sum, count) => sum + count, 0),
    ),
  ];
}

function versionChange({ version, previousVersion, readAtMs }: SystemPage): readonly Item[] {
  if (version === undefined || previousVersion === undefined || version === previousVersion) return [];
  const detail = `${previousVersion} → ${version}`.slice(0, 256);
  return [{ kind: "change", at: new Date(readAtMs), change: "version_changed", detail }];
}

function sampleAt(page: SystemPage, metric: string, value: number | null): Sample {
  return { kind: "gauge", metric, at: new Date(page.readAtMs), value };
}

function leaves(element: XmlElement): Readonly<Record<string, string>> {
  return Object.fromEntries(element.children.map(({ name, text }) => [name, text]));
}
