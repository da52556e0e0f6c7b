import { database } from "./client";
import { readMigrations } from "./migration-files";

/** What the database says about the product. */
export type DatabaseFacts = {
  readonly appliedMigrations: readonly string[];
  readonly dirtyKeys: number;
  readonly oldestDirtyAgeS: number | null;
  readonly sourceBacklog: number;
  readonly failingStreams: number;
  readonly openDeadLetters: number;
};

/** Counting longer queues would cost more than the figure is worth. */
const MAX_COUNTED = 10_000;

/** One row of one statement; every count stops at 10,000. */
export async function readDatabaseFacts(): Promise<DatabaseFacts> {
  const { rows } = await database().pool.query<DatabaseFacts>(
    `SELECT
       (SELECT coalesce(array_agg(migration_name), '{}') FROM public._prisma_migrations
        WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS "appliedMigrations",
       (SELECT count(*)::int FROM (SELECT FROM signal.dirty LIMIT $1) AS counted) AS "dirtyKeys",
       (SELECT floor(extract(epoch FROM now() - min(marked_at)))::int
        FROM (SELECT marked_at FROM signal.dirty LIMIT $1) AS counted) AS "oldestDirtyAgeS",
       (SELECT coalesce(sum(st.backlog), 0)::float8 FROM signal.stream st
        JOIN public.source so ON so.id = st.source_id WHERE so.removed_at IS NULL AND so.paused_at IS NULL) AS "sourceBacklog",
       (SELECT count(*)::int FROM signal.stream st
        JOIN public.source so ON so.id = st.source_id
        WHERE so.removed_at IS NULL AND so.paused_at IS NULL AND st.circuit <> 'closed') AS "failingStreams",
       (SELECT count(*)::int FROM (SELECT FROM signal.dead_letter WHERE state = 'open' LIMIT $1) AS counted) AS "openDeadLetters"`,
    [MAX_COUNTED],
  );
  const [facts] = rows;
  if (facts === undefined) throw new Error("A statement without FROM gave no row.");
  return facts;
}

let expected: Promise<readonly string[]> | undefined;

/** Names of the migrations that this release comes with. */
export function expectedMigrations(): Promise<readonly string[]> {
  expected ??= readMigrations("prisma/migrations").then((files) => files.map(({ name }) => name));
  return expected;
}
