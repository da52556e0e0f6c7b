import { AppError } from "@/lib/core/errors";
import type { NormalisedBatch } from "@/lib/core/message/schema";
import type { OrthancConfig } from "./config";
import { normaliseJobs } from "./normalise-jobs";
import { normaliseStudies } from "./normalise-studies";
import { normaliseSystem } from "./normalise-system";
import { pageSchema } from "./pages";

/**
 * Turns one page into items. Pure. A study or job that cannot be understood is set aside by itself.
 * @throws AppError bad_request for a wire that no stream of this connector made
 */
export function normalise(wire: unknown, config: OrthancConfig): NormalisedBatch {
  const page = pageSchema.safeParse(wire);
  if (!page.success) throw new AppError("bad_request", "This is not a page of an Orthanc server.");
  switch (page.data.kind) {
    case "studies":
      return normaliseStudies(page.data, config);
    case "jobs":
      return normaliseJobs(page.data);
    case "system":
      return normaliseSystem(page.data);
  }
}
