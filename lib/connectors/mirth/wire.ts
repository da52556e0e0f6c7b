import { z } from "zod";
import { CHANNEL_ID } from "./calls";

/*
 * What the engine sends, once its XML is read into plain objects of text (`read-*.ts`). Fields that are not named here are
 * ignored: releases add some. Instants are epoch milliseconds; the engine's `timezone` beside them says nothing more.
 */

const digits = (pattern: RegExp) => z.string().regex(pattern).transform(Number).pipe(z.int());
const count = digits(/^\d{1,16}$/);
const epochMs = count;
/** Counters of the engine are known to fall below 0. */
const counter = digits(/^-?\d{1,16}$/);
const decimal = z
  .string()
  .regex(/^-?\d+(?:\.\d+)?(?:E-?\d+)?$/i)
  .transform(Number);
const text = z.string();
const flag = z.enum(["true", "false"]).transform((value) => value === "true");

export const rowStatuses = [
  "RECEIVED",
  "FILTERED",
  "TRANSFORMED",
  "SENT",
  "QUEUED",
  "ERROR",
  "PENDING",
] as const;

/** A `connectorMessage`: one message on one connector; metaDataId 0 is the source. */
export const rowSchema = z.object({
  metaDataId: count,
  connectorName: text.optional(),
  receivedAtMs: epochMs,
  status: z.enum(rowStatuses),
  sendAttempts: count.default(0),
  sentAtMs: epochMs.optional(),
  respondedAtMs: epochMs.optional(),
  columns: z.record(z.string(), text),
});
export type Row = z.infer<typeof rowSchema>;

export const messageSchema = z.object({
  messageId: count,
  channelName: text.optional(),
  /** The first received time: a replace keeps it while all rows get new ones. */
  receivedAtMs: epochMs,
  /** Every row has left RECEIVED and PENDING. A queued row counts as processed. */
  processed: flag.default(false),
  originalId: count.optional(),
  rows: z.array(rowSchema),
});
export type Message = z.infer<typeof messageSchema>;

/** What a failed row says about its failure, where content was asked for. */
export const failureSchema = z.object({
  messageId: count,
  metaDataId: count,
  errorText: text,
  responseText: text,
  httpStatus: count.optional(),
});
export type Failure = z.infer<typeof failureSchema>;

export const countersSchema = z.object({
  received: counter,
  filtered: counter,
  sent: counter,
  error: counter,
});

export const connectorStatusSchema = z.object({
  metaDataId: count,
  name: text,
  state: text.default("UNKNOWN"),
  queued: counter.default(0),
  counters: countersSchema,
});

export const channelStatusSchema = z.object({
  channelId: text.regex(CHANNEL_ID),
  name: text,
  state: text.default("UNKNOWN"),
  deployedAtMs: epochMs.optional(),
  connectors: z.array(connectorStatusSchema),
});
export type ChannelStatus = z.infer<typeof channelStatusSchema>;

/** Flat counters of a channel; their sums say whether anything happened there. */
export const channelSumsSchema = z.object({
  channelId: text.regex(CHANNEL_ID),
  received: counter,
  sent: counter,
  error: counter,
  filtered: counter,
  queued: counter,
});
export type ChannelSums = z.infer<typeof channelSumsSchema>;

export const eventSchema = z.object({
  id: count,
  atMs: epochMs,
  name: text.min(1),
  outcome: text.optional(),
  /** 0 = the engine itself, and every failed login. */
  userId: count.default(0),
  ipAddress: text.optional(),
  attributes: z.record(z.string(), text),
});
export type EngineEvent = z.infer<typeof eventSchema>;

export const systemStatsSchema = z.object({
  cpuUsagePct: decimal,
  allocatedMemoryBytes: count,
  freeMemoryBytes: count,
  maxMemoryBytes: count,
  diskFreeBytes: count.optional(),
  diskTotalBytes: count.optional(),
});

export const alertStatusSchema = z.object({ alertedCount: count });
