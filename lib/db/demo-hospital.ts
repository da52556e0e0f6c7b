import type { Direction } from "@/lib/core/message/outcome";
import { database } from "./client";
import { inTransaction, type Transaction } from "./transaction";

/** An interface of the demo, with everything a person or an engine would have told about it by now. */
export type DemoInterface = {
  readonly externalId: string;
  readonly name: string;
  readonly sender: string;
  readonly receivers: readonly string[];
  readonly messageClass: string;
  readonly department: string;
  readonly owner: string;
  readonly criticality: string;
  readonly columns: readonly string[];
  /** Which column holds what; undefined where the feed names its values by itself. */
  readonly columnMapping: Readonly<Record<string, string>> | undefined;
  readonly legs: readonly {
    readonly externalId: string;
    readonly ordinal: number;
    readonly name: string;
    readonly direction: Direction;
  }[];
};

/** Makes interfaces and legs, known since `since`. Those that are there already are left as they are. */
export async function registerDemoInterfaces(ask: {
  readonly sourceId: number;
  readonly interfaces: readonly DemoInterface[];
  readonly since: Date;
}): Promise<void> {
  await inTransaction(async (tx) => {
    for (const one of ask.interfaces) await registerInterface(tx, { ...ask, one });
  });
}

async function registerInterface(
  tx: Transaction,
  given: { readonly sourceId: number; readonly since: Date; readonly one: DemoInterface },
): Promise<void> {
  const { sourceId, since } = given;
  const { externalId, legs, columnMapping, ...described } = given.one;
  const mapping =
    columnMapping === undefined
      ? {}
      : { columnMapping, mappingConfirmedAt: since, mappingConfirmedBy: "demo" };
  const known = {
    ...described,
    receivers: [...described.receivers],
    columns: [...described.columns],
    firstSeenAt: since,
    completeBackTo: since,
    ...mapping,
  };
  const { id: interfaceId } = await tx.interface.upsert({
    where: { sourceId_externalId: { sourceId, externalId } },
    create: { ...known, sourceId, externalId },
    update: {},
    select: { id: true },
  });
  await tx.leg.createMany({
    data: legs.map((leg) => ({ ...leg, interfaceId, sourceId })),
    skipDuplicates: true,
  });
}

/** Leg ids of a source by interface and leg, in the words of the source. */
export async function readDemoLegIds(sourceId: number): Promise<ReadonlyMap<string, number>> {
  const legs = await database().prisma.leg.findMany({
    where: { sourceId },
    select: { id: true, externalId: true, interface: { select: { externalId: true } } },
  });
  return new Map(legs.map((leg) => [`${leg.interface.externalId}/${leg.externalId}`, leg.id]));
}

/** Says where a source of the demo is reached, or listens, and lets it be read. */
export async function openDemoSource(
  sourceId: number,
  place: { readonly url: string } | { readonly port: number },
): Promise<void> {
  await database().pool.query(
    `UPDATE public.source SET config = config || $2::jsonb, paused_at = NULL, updated_at = now()
     WHERE id = $1 AND is_demo AND removed_at IS NULL`,
    [sourceId, JSON.stringify(place)],
  );
}
