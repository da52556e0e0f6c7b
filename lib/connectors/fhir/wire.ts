import { z } from "zod";

/*
 * One thing that a stream read: the `wire` of this connector. Resources are kept as the JSON that came, and judged by
 * normalise; JSON of a page is the payload of a dead letter.
 */

const resourcesPageSchema = z.object({
  kind: z.literal("resources"),
  readAtMs: z.int(),
  resources: z.array(z.unknown()),
  /** Other resources that came with them, to which they refer. */
  along: z.array(z.unknown()),
});
export type ResourcesPage = z.infer<typeof resourcesPageSchema>;

const serverPageSchema = z.object({
  kind: z.literal("server"),
  readAtMs: z.int(),
  responseMs: z.int().min(0),
  clockSkewMs: z.int().optional(),
  version: z.string().optional(),
  previousVersion: z.string().optional(),
});
export type ServerPage = z.infer<typeof serverPageSchema>;

export const pageSchema = z.discriminatedUnion("kind", [resourcesPageSchema, serverPageSchema]);

/** A page of a search, as far as it is read. */
export const searchsetSchema = z.object({
  resourceType: z.literal("Bundle"),
  link: z.array(z.object({ relation: z.string().optional(), url: z.string().optional() })).optional(),
  entry: z
    .array(z.object({ resource: z.unknown(), search: z.object({ mode: z.string().optional() }).optional() }))
    .optional(),
});

/** CapabilityStatement, as far as it is read. */
export const capabilitySchema = z.object({
  resourceType: z.literal("CapabilityStatement"),
  fhirVersion: z.string().optional(),
  software: z.object({ name: z.string().optional(), version: z.string().optional() }).optional(),
  rest: z
    .array(z.object({ resource: z.array(z.object({ type: z.string().optional() })).optional() }))
    .optional(),
});

export const tokenSchema = z.object({
  access_token: z.string().min(1).max(16_384),
  expires_in: z.number().optional(),
});
