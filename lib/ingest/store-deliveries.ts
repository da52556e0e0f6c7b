import { type Folded, foldObservations } from "@/lib/core/message/fold";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import { deliveryWriter } from "@/lib/db/deliveries";
import type { DeliveryRow, DeliveryWriter, RowEffect } from "@/lib/db/delivery-row";
import { refuseInstant } from "./accepted-time";
import { deliveryRowMaker } from "./delivery-rows";
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
  const timely = seen.filter(({ index, item }) => {
    const verdict = refuseNames(item) ?? refuseInstant({ at: item.receivedAt, kept: "deliveries", now });
    if (verdict !== undefined) verdicts.push({ index, verdict });
    return verdict === undefined;
  });
  if (timely.length === 0) return verdicts;
  const legs = await resolveLegs(
    sourceId,
    timely.map(({ item }) => pickLeg(item)),
  );
  const toRow = deliveryRowMaker(sourceId);
  const observations = timely.map(({ index, item }) => ({
    index,
    row: toRow(item, legs.leg(item)?.legId ?? 0),
  }));
  const groups = groupsOf(observations);
  const effects = await writeIsolating(
    deliveryWriter,
    groups.map(({ row }) => row),
  );
  groups.forEach((group, i) => {
    verdicts.push(...verdictsOf(group, effects[i]));
  });
  return verdicts;
}

/** U+0000 cannot be stored, and replacing it in a name would make two names one. */
function refuseNames(item: DeliveryObservation): Verdict | undefined {
  const names = [item.interface, item.leg, item.interfaceName, item.legName];
  return names.some((name) => name?.includes("\u0000"))
    ? rejected("invalid_item", "A name holds the character U+0000.")
    : undefined;
}

type Observation = { readonly index: number; readonly row: DeliveryRow };

/** All observations of one delivery in the batch, and the one row that stands for them. */
type Group = {
  readonly members: readonly Observation[];
  readonly row: DeliveryRow;
  readonly verdicts: Folded<DeliveryRow>["verdicts"];
};

function pickLeg(item: DeliveryObservation) {
  return {
    interface: item.interface,
    interfaceName: item.interfaceName,
    leg: item.leg,
    legName: item.legName,
    direction: item.direction,
  };
}

function groupsOf(observations: readonly Observation[]): readonly Group[] {
  const byDelivery = new Map<string, [Observation, ...Observation[]]>();
  for (const observation of observations) {
    const key = `${observation.row.id}/${observation.row.receivedMs}`;
    const group = byDelivery.get(key);
    if (group === undefined) byDelivery.set(key, [observation]);
    else group.push(observation);
  }
  return [...byDelivery.values()].map(groupOf);
}

function groupOf(members: readonly [Observation, ...Observation[]]): Group {
  const [only, ...more] = members;
  if (more.length === 0) return { members, row: only.row, verdicts: ["head"] };
  const { head, first, verdicts } = foldObservations([only.row, ...more.map(({ row }) => row)]);
  const row: DeliveryRow = {
    ...head,
    firstOutcome: first?.outcome,
    firstOutcomeSeq: first?.seq,
    firstInferred: first?.inferred ?? false,
  };
  return { members, row, verdicts };
}

function verdictsOf(group: Group, effect: RowEffect | undefined): readonly IndexedVerdict[] {
  return group.members.map(({ index }, i) => ({ index, verdict: verdictOf(group.verdicts[i], effect) }));
}

function verdictOf(fold: Group["verdicts"][number] | undefined, effect: RowEffect | undefined): Verdict {
  if (effect === undefined) return rejected("invalid_item", "The database refused a value of this item.");
  if (fold === "conflict") return conflictVerdict;
  if (fold === "duplicate") return { status: "duplicate" };
  if (fold === "superseded") return { status: "stale" };
  return effect === "conflict" ? conflictVerdict : { status: effect };
}

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

/** SQLSTATE class 22 (data exception) or 23 (integrity constraint violation): trying again would not help. */
function isRefusedValue(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^2[23]/.test(String(error.code));
}
