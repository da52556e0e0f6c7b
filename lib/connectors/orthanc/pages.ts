import { z } from "zod";

/*
 * One thing that a stream read: the `wire` of this connector. Answers are kept as the JSON that came, and judged by
 * normalise; JSON of a page is the payload of a dead letter, so that a page can be normalised again later.
 */

const studySeenSchema = z.object({
  /** When the study became stable, by Orthanc's clock. */
  stableAt: z.string(),
  /** When its first instance came, where that was seen. */
  firstSeenAt: z.string().optional(),
  study: z.unknown(),
  statistics: z.unknown(),
  series: z.unknown(),
});
export type StudySeen = z.infer<typeof studySeenSchema>;

const studiesPageSchema = z.object({ kind: z.literal("studies"), studies: z.array(studySeenSchema) });
export type StudiesPage = z.infer<typeof studiesPageSchema>;

const jobsPageSchema = z.object({ kind: z.literal("jobs"), jobs: z.array(z.unknown()) });
export type JobsPage = z.infer<typeof jobsPageSchema>;

const systemPageSchema = z.object({
  kind: z.literal("system"),
  readAtMs: z.int(),
  responseMs: z.int().min(0),
  system: z.unknown(),
  statistics: z.unknown(),
  metrics: z.string().optional(),
  clockSkewMs: z.int().optional(),
  previousVersion: z.string().optional(),
});
export type SystemPage = z.infer<typeof systemPageSchema>;

export const pageSchema = z.discriminatedUnion("kind", [studiesPageSchema, jobsPageSchema, systemPageSchema]);
export type WirePage = z.infer<typeof pageSchema>;
