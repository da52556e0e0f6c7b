import { type ItemState, isInFlight } from "./states";

/** One message of a run, as far as its turn depends on it. */
export type Ordered = {
  readonly legId: number;
  readonly receivedAt: Date;
  /** Decides among messages of the same instant. */
  readonly id: string;
  /** A keyed hash, never the number itself. */
  readonly patientRef: string | undefined;
  readonly accession: string | undefined;
  readonly state: ItemState;
};

/** Oldest first, as the engine received them. */
export function inSendingOrder<T extends Ordered>(items: readonly T[]): readonly T[] {
  return [...items].sort(
    (a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || a.legId - b.legId || compareIds(a.id, b.id),
  );
}

/**
 * The message that is next: the oldest planned one of whose patient and order nothing older is planned or underway on the
 * same leg. Undefined when there is none now.
 */
export function nextItem<T extends Ordered>(items: readonly T[]): T | undefined {
  const held = heldKeys(items);
  for (const item of inSendingOrder(items)) {
    if (item.state !== "planned") continue;
    const keys = keysOf(item);
    if (!keys.some((key) => held.has(key))) return item;
    // What comes later of the same patient or order waits behind it.
    for (const key of keys) held.add(key);
  }
  return undefined;
}

/** How many of a run share a patient or an order with another, so that their order matters. */
export function countOrdered(items: readonly Ordered[]): number {
  const uses = new Map<string, number>();
  for (const key of items.flatMap(keysOf)) uses.set(key, (uses.get(key) ?? 0) + 1);
  return items.filter((item) => keysOf(item).some((key) => (uses.get(key) ?? 0) > 1)).length;
}

/** What must stay in order on one leg. Destinations do not wait for each other. */
export function keysOf({ legId, patientRef, accession }: Ordered): readonly string[] {
  return [
    ...(patientRef === undefined ? [] : [`${legId}/patient/${patientRef}`]),
    ...(accession === undefined ? [] : [`${legId}/order/${accession}`]),
  ];
}

function heldKeys(items: readonly Ordered[]): Set<string> {
  return new Set(items.filter(({ state }) => isInFlight(state)).flatMap(keysOf));
}

function compareIds(a: string, b: string): number {
  const [x, y] = [BigInt(a), BigInt(b)];
  return x < y ? -1 : Number(x > y);
}
