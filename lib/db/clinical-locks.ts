import type pg from "pg";
import { arrayLiteral, booleanElement } from "./array-literal";
import type { FactRefs } from "./clinical-facts";
import type { Transaction } from "./transaction";

/* Locks that writers of facts hold to the end of their transaction, beside those on rows. */

/**
 * Facts are written side by side, and a writer who finds that another was first begins again. The second time he waits
 * until he is alone, so that he comes to an end. The first lock of a transaction.
 */
export async function enterWriters(client: pg.ClientBase, isAlone: boolean): Promise<void> {
  const suffix = isAlone ? "" : "_shared";
  await client.query(`SELECT pg_advisory_xact_lock${suffix}(hashtext('signalbox.clinical'))`);
}

/** Whoever deletes facts is alone: no writer adds to an exam that goes, and none waits for him in a circle. Also a first lock. */
export async function keepWritersOut(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signalbox.clinical'))`;
}

/**
 * Facts without an accession belong to an exam by a study or an order that another fact names. Two writers that tell of
 * both at once would not see each other's rows: whoever brings one without an accession lets those with the same study or
 * order finish first, and those let him. Facts that all name their accession never wait here. Taken in one order, after
 * the locks on facts and before those on exams.
 */
export async function lockLinks(client: pg.ClientBase, facts: readonly FactRefs[]): Promise<void> {
  const alone = new Map<number, boolean>();
  for (const { accession, study, orders } of facts) {
    for (const ref of study === undefined ? orders : [study, ...orders]) {
      const bucket = (ref[0] ?? 0) % BUCKETS;
      alone.set(bucket, alone.get(bucket) === true || accession === undefined);
    }
  }
  if (alone.size === 0) return;
  const locks = [...alone].sort(([a], [b]) => a - b);
  await client.query(
    `SELECT CASE WHEN alone THEN pg_advisory_xact_lock(hashtext('signalbox.exam-links'), bucket)
       ELSE pg_advisory_xact_lock_shared(hashtext('signalbox.exam-links'), bucket) END
     FROM unnest($1::int4[], $2::bool[]) AS n(bucket, alone)`,
    [
      arrayLiteral(locks, ([bucket]) => bucket),
      arrayLiteral(locks, ([, isAlone]) => booleanElement(isAlone)),
    ],
  );
}

/** Few enough for the server's table of locks, many enough that sources seldom wait for each other. */
const BUCKETS = 64;
