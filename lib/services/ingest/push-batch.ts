import { isUtf8 } from "node:buffer";
import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import {
  MAX_PUSH_ITEMS,
  notText,
  type PushBatch,
  type PushFormat,
  readPushBody,
} from "@/lib/core/message/push-body";
import { keepRejects } from "@/lib/ingest/keep-rejects";
import { type ItemResult, type StoreResult, storeBatch } from "@/lib/ingest/pipeline";
import { authorise } from "@/lib/services/command";

/** How a pushed body ended: one result for each item, in the order of the body. */
export type PushResult = {
  readonly items: readonly ItemResult[];
  /** Whether any item was rejected or is in conflict; those are kept as dead letters. */
  readonly hasRefused: boolean;
};

type SourceActor = Extract<Actor, { kind: "source" }>;

/**
 * Stores what a source pushes. Resolves after COMMIT; nothing that arrived is lost: what cannot be stored becomes a
 * dead letter and the result names it. Not a `command`: what a source says is itself the record, with its time of
 * arrival, and an audit line for every batch would repeat it.
 * @throws AppError forbidden | too_large | bad_request (with deadLetterId) | whatever the database throws
 */
export async function pushBatch(
  actor: SourceActor,
  push: { readonly body: Buffer; readonly format: PushFormat; readonly now: Date },
): Promise<PushResult> {
  await authorise({ actor, permission: "ingest.write" });
  const { sourceId } = actor;
  const body = isUtf8(push.body)
    ? readPushBody(push.body.toString("utf8"), push.format)
    : notText(push.body.toString("base64"));
  switch (body.kind) {
    case "too-many":
      throw new AppError("too_large", "There are too many items in one body.", {
        info: { items: body.count, maxItems: MAX_PUSH_ITEMS },
      });
    case "refused": {
      const [deadLetterId = ""] = await keepRejects({ sourceId, rejects: [body.reject], now: push.now });
      const { reason, detail } = body.reject;
      throw new AppError("bad_request", "The body could not be read. It was kept as a dead letter.", {
        info: { reason, problem: detail, deadLetterId },
      });
    }
    case "batch": {
      const stored = await storeBatch({ sourceId, batch: body.batch, now: push.now });
      return pushResult(body.batch, stored);
    }
  }
}

/** The store numbers items and rejects apart; the sender knows one numbering. */
export function pushResult(batch: PushBatch, stored: StoreResult): PushResult {
  const hasRefused =
    stored.rejected.length > 0 ||
    stored.items.some(({ status }) => status === "rejected" || status === "conflict");
  if (batch.rejects.length === 0) return { items: stored.items, hasRefused };
  const rejectAt = new Map(batch.rejects.map(({ index }, i) => [index, stored.rejected[i]]));
  let next = 0;
  const items = Array.from({ length: batch.count }, (_, index): ItemResult => {
    const reject = rejectAt.get(index);
    if (reject !== undefined) return { ...reject, index, status: "rejected" };
    const result = stored.items[next++];
    if (result === undefined) throw new AppError("internal", "The store gave no result for an item.");
    return { ...result, index };
  });
  return { items, hasRefused };
}
