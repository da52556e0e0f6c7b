import { z } from "zod";

/** Records as they stand in a file, and the names of its columns. JSON of a page is the payload of a dead letter. */
export const pageSchema = z.object({
  kind: z.literal("records"),
  readAtMs: z.int(),
  /** Records from before this instant are not taken. */
  retainFromMs: z.int(),
  columns: z.array(z.string()).optional(),
  records: z.array(z.string()),
});
export type RecordsPage = z.infer<typeof pageSchema>;

const placeSchema = z.object({
  name: z.string(),
  /** Bytes that were read. */
  offset: z.int().min(0),
  /** Digest of the first bytes, and of how many: tells a file that was written anew from one that grew. */
  headBytes: z.int().min(0),
  head: z.string(),
  columns: z.array(z.string()).optional(),
});
export type Place = z.infer<typeof placeSchema>;

/** By device and inode: a file that is renamed stays the same. */
export const cursorSchema = z.object({ files: z.record(z.string(), placeSchema) });
export type FilesCursor = z.infer<typeof cursorSchema>;
