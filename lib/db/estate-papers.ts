import { database } from "./client";
import type { Transaction } from "./transaction";

/** A planned stretch in which a system is not to be expected to work, [from, until). */
export type Maintenance = {
  readonly id: string;
  readonly systemId: string;
  readonly from: Date;
  readonly until: Date;
  readonly what: string;
};

/** What is planned or under way, by its begin; of one system, or of all. */
export async function listMaintenance(ask: {
  readonly now: Date;
  readonly systemId?: string;
}): Promise<readonly Maintenance[]> {
  const { now, systemId } = ask;
  const rows = await database().prisma.systemMaintenance.findMany({
    where: { cancelledAt: null, untilAt: { gt: now }, ...(systemId === undefined ? {} : { systemId }) },
    orderBy: [{ fromAt: "asc" }, { id: "asc" }],
    take: 1_000,
  });
  return rows.map(({ id, systemId: of, fromAt, untilAt, what }) => ({
    id,
    systemId: of,
    from: fromAt,
    until: untilAt,
    what,
  }));
}

export async function insertMaintenance(
  tx: Transaction,
  plan: Omit<Maintenance, "id"> & { readonly by: string },
): Promise<string> {
  const { systemId, from, until, what, by } = plan;
  const row = await tx.systemMaintenance.create({
    data: { systemId, fromAt: from, untilAt: until, what, plannedBy: by },
    select: { id: true },
  });
  return row.id;
}

/** False when it is over, cancelled already, or there is none. */
export async function cancelMaintenanceRow(
  tx: Transaction,
  which: { readonly id: string; readonly now: Date },
): Promise<boolean> {
  const { count } = await tx.systemMaintenance.updateMany({
    where: { id: which.id, cancelledAt: null, untilAt: { gt: which.now } },
    data: { cancelledAt: which.now },
  });
  return count > 0;
}

/** A conformance statement without its content. */
export type Statement = {
  readonly id: string;
  readonly fileName: string;
  readonly version: string;
  /** ISO date. */
  readonly dated: string;
  readonly bytes: number;
  readonly addedAt: Date;
};

/** All versions that were kept of a system, the newest in front. */
export async function listStatements(systemId: string): Promise<readonly Statement[]> {
  const { rows } = await database().pool.query<Statement>(
    `SELECT id, file_name AS "fileName", version, dated::text AS dated, octet_length(content) AS bytes, added_at AS "addedAt"
     FROM public.conformance_statement WHERE system_id = $1 ORDER BY dated DESC, added_at DESC, id LIMIT 100`,
    [systemId],
  );
  return rows;
}

export async function insertStatement(
  tx: Transaction,
  statement: {
    readonly systemId: string;
    readonly fileName: string;
    readonly version: string;
    readonly dated: string;
    readonly content: Uint8Array;
    readonly by: string;
  },
): Promise<string> {
  const { systemId, fileName, version, dated, content, by } = statement;
  const row = await tx.conformanceStatement.create({
    data: {
      systemId,
      fileName,
      version,
      dated: new Date(dated),
      content: new Uint8Array(content),
      addedBy: by,
    },
    select: { id: true },
  });
  return row.id;
}

export async function readStatementContent(
  id: string,
): Promise<{ readonly fileName: string; readonly content: Uint8Array } | undefined> {
  const row = await database().prisma.conformanceStatement.findFirst({
    where: { id, system: { removedAt: null } },
    select: { fileName: true, content: true },
  });
  return row ?? undefined;
}
