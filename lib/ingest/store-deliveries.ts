import { type FoldVerdict, foldObservations } from "@/lib/core/message/fold";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import { deliveryWriter } from "@/lib/db/deliveries";
import type { DeliveryRow, DeliveryWriter, RowEffect } from "@/lib/db/delivery-row";
import { isRefusedValue } from "@/lib/db/is-refused-value";
import { instantCheck } from "./accepted-time";
import { deliveryRowMaker } from "./delivery-rows";
import { withFirstArrival } from "./first-arrival";
import { resolveLegs } from "./leg-registry";
import { conflictVerdict, type Indexed, type IndexedVerdict, rejected, type Verdict } from "./verdict";

/** Stores observations of deliveries exactly once and says what became of each. Resolves after COMMIT. */
export async function storeDeliveries(ask: {
  readonly sourceId: number;
  readonly seen: readonly Indexed<DeliveryObservation>[];
  readonly now: Date;
}): Promise<readonly IndexedVerdict[]> {
  const { sourceId, seen, now } = ask;
  const verdicts: IndexedVerdict[] = [];
  const refuseInstant = instantCheck({ kept: "deliveries", now });
  const timely = seen.filter(({ index, item }) => {
    const verdict = refuseNames(item) ?? refuseInstant(item.receivedAt);
    if (verdict !== undefined) verdicts.push({ index, verdict });
    return verdict === undefined;
  });
  if (timely.length === 0) return verdicts;
  const named = timely.map(({ item }) => item);
  const legs = await resolveLegs(sourceId, named);
  const items = (await withFirstArrival(timely, legs)).map(({ item }) => item);
  const toRow = deliveryRowMaker(sourceId);
  const rows = items.map((item) => toRow(item, legs.leg(item)?.legId ?? 0));
  const groups = groupsOf(rows);
  const effects = await writeIsolating(deliveryWriter, groups.map(rowOfGroup));
  groups.forEach((group, i) => {
    const found = verdictsOf(group, effects[i]);
    group.places.forEach((place, n) => {
      verdicts.push({ index: timely[place]?.index ?? 0, verdict: found[n] ?? found[0] });
    });
  });
  return verdicts;
}

/** U+0000 cannot be stored, and replacing it in a name would make two names one. */
function refuseNames(item: DeliveryObservation): Verdict | undefined {
  const isBad =
    item.interface.includes("\u0000") ||
    item.leg.includes("\u0000") ||
    item.interfaceName?.includes("\u0000") ||
    item.legName?.includes("\u0000");
  return isBad ? rejected("invalid_item", "A name holds the character U+0000.") : undefined;
}

/** All observations of one delivery in the batch, by their place in it; mostly there is only one. */
type Group = { readonly rows: [DeliveryRow, ...DeliveryRow[]]; readonly places: number[] };

function groupsOf(rows: readonly DeliveryRow[]): readonly Group[] {
  const byDelivery = new Map<string, Group>();
  rows.forEach((row, place) => {
    const key = `${row.id}/${row.receivedMs}`;
    const group = byDelivery.get(key);
    if (group === undefined) byDelivery.set(key, { rows: [row], places: [place] });
    else {
      group.rows.push(row);
      group.places.push(place);
    }
  });
  return [...byDelivery.values()];
}

/** The one row that stands for all observations of a delivery. */
function rowOfGroup({ rows }: Group): DeliveryRow {
  if (rows.length === 1) return rows[0];
  const { head, first } = foldObservations(rows);
  return {
    ...head,
    firstOutcome: first?.outcome,
    firstOutcomeSeq: first?.seq,
    firstInferred: first?.inferred ?? false,
  };
}

/** One verdict for each observation of the group. */
function verdictsOf({ rows }: Group, effect: RowEffect | undefined): readonly [Verdict, ...Verdict[]] {
  const head = effect === undefined ? refusedValue : effectVerdicts[effect];
  if (rows.length === 1 || effect === undefined) return [head, ...rows.slice(1).map(() => head)];
  const [first, ...rest] = foldObservations(rows).verdicts.map((fold) => verdictOf(fold, head));
  return [first ?? head, ...rest];
}

function verdictOf(fold: FoldVerdict, head: Verdict): Verdict {
  switch (fold) {
    case "head":
      return head;
    case "superseded":
      return effectVerdicts.stale;
    case "duplicate":
      return effectVerdicts.duplicate;
    case "conflict":
      return conflictVerdict;
  }
}

const refusedValue = rejected("invalid_item", "The database refused a value of this item.");

const effectVerdicts: Readonly<Record<RowEffect, Verdict>> = {
  created: { status: "created" },
  updated: { status: "updated" },
  duplicate: { status: "duplicate" },
  stale: { status: "stale" },
  conflict: conflictVerdict,
};

/** undefined for a row that the database refuses: one bad row is found by halving and never holds up the others. */
async function writeIsolating(
  writer: DeliveryWriter,
  rows: readonly DeliveryRow[],
): Promise<readonly (RowEffect | undefined)[]> {
  try {
    return await writer.write(rows);
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
    if (rows.length === 1) return [undefined];
    const middle = rows.length >> 1;
    const left = await writeIsolating(writer, rows.slice(0, middle));
    return [...left, ...(await writeIsolating(writer, rows.slice(middle)))];
  }
}
