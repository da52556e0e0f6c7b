import { type DemoState, demoSettingKey, demoStateJson, demoStateSchema } from "@/lib/core/demo/schema";
import { database } from "./client";
import type { Transaction } from "./transaction";

/** The demo of this database; undefined when there is none. */
export async function readDemoState(): Promise<DemoState | undefined> {
  const row = await database().prisma.setting.findUnique({ where: { key: demoSettingKey } });
  return row === null ? undefined : demoStateSchema.parse(row.value);
}

export async function putDemoState(tx: Transaction, state: DemoState): Promise<void> {
  const value = demoStateJson(state);
  await tx.setting.upsert({
    where: { key: demoSettingKey },
    create: { key: demoSettingKey, value },
    update: { value, updatedAt: new Date() },
  });
}

/** Which kinds of source are there, removed ones included: what they left behind is still in the database. */
export type SourceMix = { readonly hasDemo: boolean; readonly hasReal: boolean };

/**
 * Looks which kinds of source there are, and keeps every other transaction from adding one until this one ends: of a
 * demo and a real source that are added at the same time, one sees the other.
 */
export async function lockSourceMix(tx: Transaction): Promise<SourceMix> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signalbox.source-mix'))`;
  const [demo, real, state] = await Promise.all([
    tx.source.count({ where: { isDemo: true } }),
    tx.source.count({ where: { isDemo: false } }),
    tx.setting.count({ where: { key: demoSettingKey } }),
  ]);
  return { hasDemo: demo + state > 0, hasReal: real > 0 };
}

/** Adds a source of the demo and answers with its id. */
export async function insertDemoSource(
  tx: Transaction,
  source: {
    readonly kind: string;
    readonly name: string;
    readonly config: Readonly<Record<string, string | number>>;
    readonly pausedAt?: Date;
  },
): Promise<number> {
  const { id } = await tx.source.create({ data: { ...source, isDemo: true }, select: { id: true } });
  return id;
}

/** A source of the demo: its settings, as they are stored, and where by them it is reached or listens. */
export type DemoSource = {
  readonly id: number;
  readonly kind: string;
  readonly config: unknown;
  readonly port: number;
  readonly pausedAt: Date | null;
};

/** The demo's sources that are not removed; port 0 where one has none. */
export async function readDemoSources(): Promise<readonly DemoSource[]> {
  const { rows } = await database().pool.query<DemoSource>(
    `SELECT id, kind, config, coalesce(config ->> 'port', substring(config ->> 'url' from ':([0-9]+)'), '0')::int AS port, paused_at AS "pausedAt"
     FROM public.source WHERE is_demo AND removed_at IS NULL ORDER BY id`,
  );
  return rows;
}

/** Ends reading and pushing at once: sources are marked as removed, tokens as revoked. */
export async function endDemoSources(tx: Transaction, now: Date): Promise<void> {
  await tx.source.updateMany({
    where: { isDemo: true, removedAt: null },
    data: { removedAt: now, pausedAt: now },
  });
  await tx.accessToken.updateMany({
    where: { source: { isDemo: true }, revokedAt: null },
    data: { revokedAt: now },
  });
}
