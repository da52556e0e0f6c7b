import { z } from "zod";

/*
 * One thing that a stream read, with what is needed to understand it: the `wire` of this connector. Bodies are the
 * engine's XML, instants are epoch milliseconds of our own clock. JSON of a page is the payload of a dead letter, so a
 * page can be normalised again later.
 */

const legMemorySchema = z.object({
  /** received, filtered, sent, error as last seen. */
  counters: z.tuple([z.int(), z.int(), z.int(), z.int()]),
  queued: z.int(),
  connection: z.int().optional(),
  /** When samples were last written; unchanged values are repeated only so often. */
  sampledAtMs: z.int(),
  headReadAtMs: z.int().optional(),
});
export type LegMemory = z.infer<typeof legMemorySchema>;

const channelMemorySchema = z.object({
  name: z.string(),
  description: z.string(),
  describedAtMs: z.int(),
  deployedAtMs: z.int().optional(),
  columnsReadAtMs: z.int().optional(),
  legs: z.record(z.string(), legMemorySchema),
});
export type ChannelMemory = z.infer<typeof channelMemorySchema>;

/** What was last seen of each channel: the cursor of the status stream. */
export const statusMemorySchema = z.object({ channels: z.record(z.string(), channelMemorySchema) });
export type StatusMemory = z.infer<typeof statusMemorySchema>;

const statusesPageSchema = z.object({
  kind: z.literal("statuses"),
  readAtMs: z.int(),
  body: z.string(),
  connectorStates: z.string().optional(),
  /** No body: asked for, and the engine cannot tell. */
  columns: z.array(z.object({ channelId: z.string(), body: z.string().optional() })),
  queueHeads: z.array(
    z.object({ channelId: z.string(), leg: z.string(), engineNowMs: z.int(), body: z.string() }),
  ),
  memory: statusMemorySchema,
});
export type StatusesPage = z.infer<typeof statusesPageSchema>;

const mappingSchema = z.object({
  controlId: z.string().optional(),
  accession: z.string().optional(),
  orderNumber: z.string().optional(),
  mrn: z.string().optional(),
  mrnAuthority: z.string().optional(),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** Which rows of a page are meant: those of these ids, and where legs are given only those; all rows where it is absent. */
const pickSchema = z.object({
  from: z.int(),
  to: z.int(),
  legs: z.array(z.int()).optional(),
  /** Only messages whose processing began at or after this engine instant: those that were replaced. */
  replacedSinceMs: z.int().optional(),
});
export type RowPick = z.infer<typeof pickSchema>;

const messagesPageSchema = z.object({
  kind: z.literal("messages"),
  channelId: z.string(),
  /** The observation number of every row: the instant of reading, raised where the clock stood still. */
  observedSeq: z.int(),
  retainFromMs: z.int(),
  mapping: mappingSchema,
  picks: z.array(pickSchema).optional(),
  body: z.string(),
  /** Failed rows of the same window with their content. */
  failures: z.string().optional(),
});
export type MessagesPage = z.infer<typeof messagesPageSchema>;

const eventsPageSchema = z.object({
  kind: z.literal("events"),
  retainFromMs: z.int(),
  userNames: z.record(z.string(), z.string()),
  ownUserId: z.int().optional(),
  body: z.string(),
});
export type EventsPage = z.infer<typeof eventsPageSchema>;

const systemPageSchema = z.object({
  kind: z.literal("system"),
  readAtMs: z.int(),
  stats: z.string().optional(),
  alerts: z.string().optional(),
  clockSkewMs: z.int().optional(),
  version: z.string().optional(),
  previousVersion: z.string().optional(),
});
export type SystemPage = z.infer<typeof systemPageSchema>;

/** Nothing new, but the cursor moved. */
const nothingPageSchema = z.object({ kind: z.literal("nothing") });

export const pageSchema = z.discriminatedUnion("kind", [
  statusesPageSchema,
  messagesPageSchema,
  eventsPageSchema,
  systemPageSchema,
  nothingPageSchema,
]);
export type WirePage = z.infer<typeof pageSchema>;

/** Marks a page as made by a stream of this process: it needs no checking, and what was parsed of it can be used again. */
export function ownPage<Page extends WirePage>(page: Page): Page {
  ownPages.add(page);
  return page;
}

export function isOwnPage(wire: unknown): wire is WirePage {
  return typeof wire === "object" && wire !== null && ownPages.has(wire);
}

const ownPages = new WeakSet<object>();
