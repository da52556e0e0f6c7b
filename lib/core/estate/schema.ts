import { z } from "zod";
import { parseEndpoint } from "./endpoint";
import { systemKinds } from "./kinds";

/** What is typed into a form: empty = not known. */
const maybe = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .optional()
    .transform((text) => (text === undefined || text === "" ? undefined : text));

/** What a person says of a system. The endpoint is `host:port` of a TLS listener. */
export const systemSchema = z.object({
  id: z.uuid().optional(),
  name: z.string().trim().min(1).max(120),
  kind: z.enum(systemKinds),
  product: maybe(120),
  version: maybe(60),
  site: maybe(120),
  department: maybe(120),
  contact: maybe(200),
  // DICOM PS3.5 table 6.2-1, AE: 16 characters, no backslash, no control characters.
  aeTitle: maybe(16).refine((title) => title === undefined || /^[\x20-\x5b\x5d-\x7e]+$/.test(title)),
  endpoint: maybe(260).refine((text) => text === undefined || parseEndpoint(text) !== undefined),
  note: maybe(2_000),
  sourceId: z
    .union([z.literal(""), z.coerce.number().int().positive()])
    .optional()
    .transform((id) => (id === "" ? undefined : id)),
});
export type SystemInput = z.output<typeof systemSchema>;

export const systemRefSchema = z.object({ id: z.uuid() });

/** A stretch of planned maintenance, half-open, of at most 30 days. */
export const maintenanceSchema = z
  .object({
    systemId: z.uuid(),
    from: z.coerce.date(),
    until: z.coerce.date(),
    what: z.string().trim().min(1).max(200),
  })
  .refine(({ from, until }) => from < until, { path: ["until"] })
  .refine(({ from, until }) => until.getTime() - from.getTime() <= 30 * 86_400_000, { path: ["until"] });

/** A conformance statement: a PDF, a text or a web page as its vendor published it. */
export const statementSchema = z.object({
  systemId: z.uuid(),
  fileName: z
    .string()
    .trim()
    .max(120)
    .regex(/^[^/\\\p{Cc}]+\.(pdf|txt|html?|docx?)$/iu),
  version: z.string().trim().min(1).max(60),
  dated: z.iso.date(),
  content: z.instanceof(Uint8Array).refine((bytes) => bytes.length > 0),
});
