import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { DeliveryObservation, Item } from "@/lib/core/message/schema";
import { type Database, openDatabase, switchDatabase } from "@/lib/db/client";
import { withTestDatabase } from "@/tests/support/database";

/**
 * A migrated database of the file's own, made the one of this process, and a key ring of its own. Answers with the
 * database inside tests and hooks.
 */
export function withStorage(options: { readonly maxConnections?: number } = {}): () => Database {
  const place = withTestDatabase();
  let opened: Database | undefined;
  let keys: string | undefined;
  beforeAll(async () => {
    keys = await mkdtemp(path.join(tmpdir(), "signalbox-keys-"));
    process.env["SIGNALBOX_DATA_DIR"] = keys;
    opened = openDatabase(place().appUrl, options);
    switchDatabase(opened);
  });
  afterAll(async () => {
    switchDatabase(undefined);
    await opened?.close();
    if (keys !== undefined) await rm(keys, { recursive: true, force: true });
  });
  return () => {
    if (opened === undefined) throw new Error("The database exists only inside tests and hooks.");
    return opened;
  };
}

/** Adds a source and answers with its id. */
export async function addSource(db: Database, name: string, kind = "push"): Promise<number> {
  const source = await db.prisma.source.create({ data: { kind, name, config: {} } });
  return source.id;
}

/** A sent message on the first destination of a channel, received two hours before testNow. */
export function aDelivery(over: Partial<DeliveryObservation> = {}): DeliveryObservation {
  const receivedAt = over.receivedAt ?? new Date("2025-03-10T10:00:30.000Z");
  const at = (ms: number) => new Date(receivedAt.getTime() + ms);
  return {
    kind: "delivery",
    interface: "channel-1",
    leg: "1",
    direction: "destination",
    messageId: "1",
    receivedAt,
    startedAt: receivedAt,
    sentAt: at(40),
    ackedAt: at(120),
    state: "sent",
    outcome: "ok",
    firstOutcome: "ok",
    attempts: 1,
    observedSeq: 1,
    ...over,
  };
}

/** The instant at which the tests' batches arrive. */
export const testNow = new Date("2025-03-10T12:00:00.000Z");

export function batchOf(...items: readonly Item[]): {
  readonly items: readonly Item[];
  readonly rejects: [];
} {
  return { items, rejects: [] };
}
