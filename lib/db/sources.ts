import { database } from "./client";
import type { Prisma } from "./generated/client";
import type { Transaction } from "./transaction";

export type SourceRow = {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  readonly config: unknown;
  readonly isDemo: boolean;
  readonly pausedAt: Date | undefined;
  readonly createdAt: Date;
};

export type StreamHealth = {
  readonly sourceId: number;
  readonly stream: string;
  readonly lastAttemptAt: Date | undefined;
  readonly lastSuccessAt: Date | undefined;
  readonly failures: number;
  readonly circuit: string;
  readonly errorCode: string | undefined;
  readonly backlog: number | undefined;
  readonly completeBackTo: Date | undefined;
};

/** All sources but the removed ones, by name. */
export async function listSourceRows(): Promise<readonly SourceRow[]> {
  const rows = await database().prisma.source.findMany({
    where: { removedAt: null },
    orderBy: { name: "asc" },
  });
  return rows.map(sourceOf);
}

export async function findSourceRow(id: number): Promise<SourceRow | undefined> {
  const row = await database().prisma.source.findFirst({ where: { id, removedAt: null } });
  return row === null ? undefined : sourceOf(row);
}

/** Adds a source. Answers undefined when the name is taken. */
export async function insertSource(
  tx: Transaction,
  source: { readonly kind: string; readonly name: string; readonly config: unknown },
): Promise<number | undefined> {
  if ((await tx.source.findUnique({ where: { name: source.name } })) !== null) return undefined;
  const row = await tx.source.create({
    data: { kind: source.kind, name: source.name, config: jsonOf(source.config) },
    select: { id: true },
  });
  return row.id;
}

/** Whether another source has this name. */
export async function isSourceNameTaken(
  tx: Transaction,
  ask: { readonly name: string; readonly exceptId: number },
): Promise<boolean> {
  return (await tx.source.count({ where: { name: ask.name, id: { not: ask.exceptId } } })) > 0;
}

/** Changes a source that is not removed. False when there is none. */
export async function changeSource(
  tx: Transaction,
  change: {
    readonly id: number;
    readonly now: Date;
    readonly name?: string;
    readonly config?: unknown;
    readonly pausedAt?: Date | null;
    readonly removedAt?: Date;
  },
): Promise<boolean> {
  const { count } = await tx.source.updateMany({
    where: { id: change.id, removedAt: null },
    data: {
      updatedAt: change.now,
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.config === undefined ? {} : { config: jsonOf(change.config) }),
      ...(change.pausedAt === undefined ? {} : { pausedAt: change.pausedAt }),
      ...(change.removedAt === undefined ? {} : { removedAt: change.removedAt }),
    },
  });
  return count > 0;
}

/** Keeps an encrypted secret, in place of the one before. */
export async function putSourceSecret(
  tx: Transaction,
  secret: {
    readonly sourceId: number;
    readonly name: string;
    readonly keyId: string;
    readonly bytes: Buffer;
  },
): Promise<void> {
  const { sourceId, name, keyId } = secret;
  const ciphertext = new Uint8Array(secret.bytes);
  await tx.sourceSecret.upsert({
    where: { sourceId_name: { sourceId, name } },
    create: { sourceId, name, keyId, ciphertext },
    update: { keyId, ciphertext, updatedAt: new Date() },
  });
}

/** The encrypted secrets of a source by name. */
export async function listSourceSecrets(
  sourceId: number,
): Promise<readonly { readonly name: string; readonly keyId: string; readonly bytes: Buffer }[]> {
  const rows = await database().prisma.sourceSecret.findMany({ where: { sourceId } });
  return rows.map(({ name, keyId, ciphertext }) => ({ name, keyId, bytes: Buffer.from(ciphertext) }));
}

export async function deleteSourceSecrets(tx: Transaction, sourceId: number): Promise<void> {
  await tx.sourceSecret.deleteMany({ where: { sourceId } });
}

/** What the pollers last noted, a row per stream: of one source, or of all. */
export async function listStreamHealth(sourceId?: number): Promise<readonly StreamHealth[]> {
  const { rows } = await database().pool.query<StreamRow>(
    `SELECT source_id, stream, last_attempt_at, last_success_at, failures, circuit, error_code, backlog, complete_back_to
     FROM signal.stream WHERE $1::int IS NULL OR source_id = $1 ORDER BY source_id, stream`,
    [sourceId ?? null],
  );
  return rows.map((row) => ({
    sourceId: row.source_id,
    stream: row.stream,
    lastAttemptAt: row.last_attempt_at ?? undefined,
    lastSuccessAt: row.last_success_at ?? undefined,
    failures: row.failures,
    circuit: row.circuit,
    errorCode: row.error_code ?? undefined,
    backlog: row.backlog === null ? undefined : Number(row.backlog),
    completeBackTo: row.complete_back_to ?? undefined,
  }));
}

type StreamRow = {
  source_id: number;
  stream: string;
  last_attempt_at: Date | null;
  last_success_at: Date | null;
  failures: number;
  circuit: string;
  error_code: string | null;
  backlog: string | null;
  complete_back_to: Date | null;
};

function sourceOf(row: {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  readonly config: unknown;
  readonly isDemo: boolean;
  readonly pausedAt: Date | null;
  readonly createdAt: Date;
}): SourceRow {
  const { id, kind, name, config, isDemo, createdAt } = row;
  return { id, kind, name, config, isDemo, pausedAt: row.pausedAt ?? undefined, createdAt };
}

/** Settings come from a connector's own schema, whose output is plain JSON. */
function jsonOf(config: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(config)) as Prisma.InputJsonValue;
}
