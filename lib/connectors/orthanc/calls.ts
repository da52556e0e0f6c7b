import { AppError } from "@/lib/core/errors";
import type { ServerCall } from "../http/client";

/** One read call to Orthanc, without what it accepts. Only this file makes them. */
export type OrthancCall = Omit<ServerCall, "accept">;

/** Every call that is made. None changes anything at the server; none asks for pixels. */
export const calls = {
  system: (): OrthancCall => ({ name: "system", path: "/system" }),
  statistics: (): OrthancCall => ({ name: "statistics", path: "/statistics" }),
  now: (): OrthancCall => ({ name: "now", path: "/tools/now" }),
  metrics: (): OrthancCall => ({ name: "metrics", path: "/tools/metrics-prometheus" }),
  jobs: (): OrthancCall => ({ name: "jobs", path: "/jobs?expand" }),
  lastChange: (): OrthancCall => ({ name: "lastChange", path: "/changes?last" }),
  changes: (from: { readonly since: number; readonly limit: number }): OrthancCall => ({
    name: "changes",
    path: `/changes?since=${from.since}&limit=${from.limit}`,
  }),
  study: (id: string): OrthancCall => ({ name: "study", path: `/studies/${checked(id)}` }),
  studyStatistics: (id: string): OrthancCall => ({
    name: "studyStatistics",
    path: `/studies/${checked(id)}/statistics`,
  }),
  studySeries: (id: string): OrthancCall => ({ name: "studySeries", path: `/studies/${checked(id)}/series` }),
} as const;

/** Orthanc names a resource by SHA-1 in five groups; anything else could lead to another path. */
function checked(id: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{8}){4}$/.test(id)) return id;
  throw new AppError(
    "source_protocol",
    "The server names a study by something that is no identifier of it.",
    {
      info: { kind: "bad_request" },
    },
  );
}
