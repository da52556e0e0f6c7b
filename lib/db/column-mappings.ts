import type { Reach } from "@/lib/core/authz/policy";
import { database } from "./client";
import type { Transaction } from "./transaction";
import { departmentWithin } from "./within-reach";

/** An interface with its custom columns and what a person last confirmed of them. */
export type MappedInterface = {
  readonly id: number;
  readonly name: string;
  readonly columns: readonly string[];
  /** As confirmed; parsed by whoever needs it. */
  readonly mapping: unknown;
  readonly confirmedAt: Date | undefined;
  readonly confirmedBy: string | undefined;
};

/** The present interfaces of a source, by name. */
export async function listMappedInterfaces(sourceId: number): Promise<readonly MappedInterface[]> {
  const rows = await database().prisma.interface.findMany({
    where: { sourceId, removedAt: null },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: {
      id: true,
      name: true,
      columns: true,
      columnMapping: true,
      mappingConfirmedAt: true,
      mappingConfirmedBy: true,
    },
  });
  return rows.map(({ id, name, columns, columnMapping, mappingConfirmedAt, mappingConfirmedBy }) => ({
    id,
    name,
    columns,
    mapping: columnMapping ?? undefined,
    confirmedAt: mappingConfirmedAt ?? undefined,
    confirmedBy: mappingConfirmedBy ?? undefined,
  }));
}

/** Names of the custom columns of an interface; undefined when there is none such within reach. */
export async function readColumns(
  tx: Transaction,
  which: { readonly interfaceId: number; readonly reach: Reach },
): Promise<readonly string[] | undefined> {
  const where = { id: which.interfaceId, ...departmentWithin(which.reach) };
  const row = await tx.interface.findFirst({ where, select: { columns: true } });
  return row?.columns;
}

export async function putColumnMapping(
  tx: Transaction,
  confirmed: {
    readonly interfaceId: number;
    readonly mapping: Readonly<Record<string, string>>;
    readonly by: string;
    readonly now: Date;
  },
): Promise<void> {
  await tx.interface.update({
    where: { id: confirmed.interfaceId },
    data: {
      columnMapping: confirmed.mapping,
      mappingConfirmedAt: confirmed.now,
      mappingConfirmedBy: confirmed.by,
    },
  });
}
