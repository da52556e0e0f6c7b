import type { ExternalAuditEvent, NormalisedBatch } from "@/lib/core/message/schema";
import type { JobsPage } from "./pages";
import { unknownShape } from "./unknown-shape";
import { instantOfText, type Job, jobSchema } from "./wire";

/** Jobs that came to an end, as audit events: who asked Orthanc does not say. */
export function normaliseJobs(page: JobsPage): NormalisedBatch {
  const judged = page.jobs.map((raw) => {
    const job = jobSchema.safeParse(raw);
    const event = job.success ? eventOf(job.data) : undefined;
    if (event !== undefined) return { event };
    const what = { page: { ...page, jobs: [raw] }, what: "job" };
    return { reject: unknownShape(job.success ? what : { ...what, error: job.error }) };
  });
  return {
    items: judged.flatMap(({ event }) => event ?? []),
    rejects: judged.flatMap(({ reject }) => reject ?? []),
  };
}

/** A job that was submitted again keeps its ID, so the instant of its end is part of the event's. */
function eventOf(job: Job): ExternalAuditEvent | undefined {
  const at = instantOfText(job.CompletionTime);
  if (at === undefined) return undefined;
  return {
    kind: "audit",
    eventId: `job/${job.ID}/${job.CompletionTime ?? ""}`.slice(0, 256),
    at,
    name: `Job ${job.Type}`,
    action: "E",
    outcome: job.State === "Failure" ? "failure" : "success",
    objectType: "job",
    objectId: job.ID,
    attributes: attributesOf(job),
  };
}

function attributesOf({ ErrorCode, ErrorDescription, ErrorDetails, EffectiveRuntime, Content }: Job) {
  const given = {
    errorCode: ErrorCode === 0 ? undefined : ErrorCode,
    error: ErrorCode === 0 ? undefined : ErrorDescription,
    details: ErrorDetails === "" ? undefined : ErrorDetails,
    runtimeSeconds: EffectiveRuntime,
    ...Object.fromEntries(contentNames.map((name) => [name, Content[name]])),
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "number" ? [[name, String(value).slice(0, 65_536)]] : [],
    ),
  );
}

const contentNames = [
  "Description",
  "LocalAet",
  "RemoteAet",
  "InstancesCount",
  "FailedInstancesCount",
  "TargetAet",
] as const;
