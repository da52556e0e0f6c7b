import { z } from "zod";

/*
 * One thing that a stream read: the `wire` of this connector. Data sets are kept in the DICOM JSON model (PS3.18, F), so that
 * a page can be looked at and normalised again later.
 */

const matchesPageSchema = z.object({
  kind: z.enum(["studies", "worklist"]),
  readAtMs: z.int(),
  /** How long association and search took together. */
  responseMs: z.int().min(0).optional(),
  datasets: z.array(z.unknown()),
});
export type MatchesPage = z.infer<typeof matchesPageSchema>;

const echoPageSchema = z.object({
  kind: z.literal("echo"),
  readAtMs: z.int(),
  associationMs: z.int().min(0),
  echoMs: z.int().min(0),
});
export type EchoPage = z.infer<typeof echoPageSchema>;

export const pageSchema = z.discriminatedUnion("kind", [matchesPageSchema, echoPageSchema]);
