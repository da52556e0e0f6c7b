import type { Item, NormalisedBatch, Reject, Sample } from "@/lib/core/message/schema";
import type { SystemPage } from "./pages";
import { readMetrics } from "./prometheus";
import { unknownShape } from "./unknown-shape";
import { statisticsSchema, systemSchema } from "./wire";

/** Gauges of the server as a whole, and a marker when its version changed. */
export function normaliseSystem(page: SystemPage): NormalisedBatch {
  const rejects: Reject[] = [];
  const items: Item[] = [sampleAt(page, "responseMs", page.responseMs)];
  const system = systemSchema.safeParse(page.system);
  if (system.success) items.push(...versionChange(page, system.data.Version));
  const statistics = statisticsSchema.safeParse(page.statistics);
  if (statistics.success) {
    const { CountPatients, CountStudies, CountSeries, CountInstances, TotalDiskSize } = statistics.data;
    items.push(
      sampleAt(page, "patients", CountPatients),
      sampleAt(page, "studies", CountStudies),
      sampleAt(page, "series", CountSeries),
      sampleAt(page, "instances", CountInstances),
      sampleAt(page, "storageUsedBytes", TotalDiskSize),
    );
  }
  for (const [what, judged] of Object.entries({ system, statistics })) {
    if (!judged.success)
      rejects.push(unknownShape({ page: { ...page, kind: "system" }, what, error: judged.error }));
  }
  items.push(...metricSamples(page));
  if (page.clockSkewMs !== undefined) items.push(sampleAt(page, "clockSkewMs", page.clockSkewMs));
  return rejects.length > 0 ? { items: [], rejects: rejects.slice(0, 1) } : { items, rejects };
}

/** A metric that is absent was never recorded: nothing is known of it, which is not 0. */
function metricSamples(page: SystemPage): readonly Sample[] {
  if (page.metrics === undefined) return [];
  const values = readMetrics(page.metrics);
  return Object.entries(metricNames).flatMap(([name, metric]) => {
    const value = values.get(name);
    return value === undefined ? [] : [sampleAt(page, metric, value)];
  });
}

/**
 * Jobs are gauges over a bounded history and no counters; completed = success + failed, so it is left out. Durations are
 * of the last call of their kind.
 */
const metricNames = {
  orthanc_jobs_pending: "jobsPending",
  orthanc_jobs_running: "jobsRunning",
  orthanc_jobs_success: "jobsSucceeded",
  orthanc_jobs_failed: "jobsFailed",
  orthanc_rest_api_active_requests: "activeRequests",
  orthanc_rest_api_duration_ms: "apiDurationMs",
  orthanc_store_dicom_duration_ms: "storeDurationMs",
  orthanc_storage_create_duration_ms: "storageWriteMs",
  orthanc_storage_read_duration_ms: "storageReadMs",
} as const;

function versionChange({ previousVersion, readAtMs }: SystemPage, version: string): readonly Item[] {
  if (previousVersion === undefined || version === previousVersion) return [];
  const detail = `${previousVersion} → ${version}`.slice(0, 256);
  return [{ kind: "change", at: new Date(readAtMs), change: "version_changed", detail }];
}

function sampleAt(page: SystemPage, metric: string, value: number): Sample {
  return { kind: "gauge", metric, at: new Date(page.readAtMs), value };
}
