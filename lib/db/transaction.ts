import { database } from "./client";
import type { Prisma } from "./generated/client";

/** An open transaction. Verbs pass it on to repositories and never look inside. */
export type Transaction = Prisma.TransactionClient;

/** Runs `work` in one transaction: all of it is committed, or nothing is. */
export function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database().prisma.$transaction(work, { maxWait: 10_000, timeout: 30_000 });
}
