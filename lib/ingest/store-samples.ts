import type { Sample } from "@/lib/core/message/schema";
import { type SampleEffect, type SampleRow, storeLegSamples, storeSourceSamples } from "@/lib/db/samples";
import { instantCheck } from "./accepted-time";
import { knownLegs, type LegLookup } from "./leg-registry";
import { conflictVerdict, type Indexed, type IndexedVerdict, rejected, type Verdict } from "./verdict";

/** Stores gauge values of legs and of the source once each. */
export async function storeSamples(ask: {
  readonly sourceId: number;
  readonly seen: readonly Indexed<Sample>[];
  readonly now: Date;
}): Promise<readonly IndexedVerdict[]> {
  if (ask.seen.length === 0) return [];
  const legs = await knownLegs(ask.sourceId, (lookup) => ask.seen.every(({ item }) => isKnown(item, lookup)));
  const verdicts: IndexedVerdict[] = [];
  const ofLegs: Placed[] = [];
  const ofSource: Placed[] = [];
  const refuseInstant = instantCheck({ kept: "samples", now: ask.now });
  for (const { index, item } of ask.seen) {
    const place = placeOf(item, { sourceId: ask.sourceId, legs, refusal: refuseInstant(item.at) });
    if (place.kind === "refused") verdicts.push({ index, verdict: place.verdict });
    else (place.kind === "leg" ? ofLegs : ofSource).push({ index, row: place.row });
  }
  verdicts.push(...(await storeOnce(ofLegs, storeLegSamples)));
  verdicts.push(...(await storeOnce(ofSource, storeSourceSamples)));
  return verdicts;
}

type Placed = { readonly index: number; readonly row: SampleRow };

type Place =
  | { readonly kind: "leg" | "source"; readonly row: SampleRow }
  | { readonly kind: "refused"; readonly verdict: Verdict };

function placeOf(
  item: Sample,
  at: { readonly sourceId: number; readonly legs: LegLookup; readonly refusal: Verdict | undefined },
): Place {
  if (at.refusal !== undefined) return { kind: "refused", verdict: at.refusal };
  const rest = { metric: item.metric, atMs: item.at.getTime(), value: item.value };
  if (item.interface === undefined && item.leg === undefined) {
    return { kind: "source", row: { ownerId: at.sourceId, ...rest } };
  }
  const name = legNameOf(item);
  if (name === undefined) {
    const verdict = rejected("invalid_item", "A gauge names both interface and leg, or neither.");
    return { kind: "refused", verdict };
  }
  const leg = at.legs.leg(name);
  if (leg === undefined) {
    const verdict = rejected("unknown_interface", "No delivery or description has named this leg yet.");
    return { kind: "refused", verdict };
  }
  return { kind: "leg", row: { ownerId: leg.legId, ...rest } };
}

function legNameOf(item: Sample): { readonly interface: string; readonly leg: string } | undefined {
  return item.interface === undefined || item.leg === undefined
    ? undefined
    : { interface: item.interface, leg: item.leg };
}

function isKnown(item: Sample, legs: LegLookup): boolean {
  const name = legNameOf(item);
  return name === undefined || legs.leg(name) !== undefined;
}

/** Of samples with one key in the batch the first counts; the database never sees a key twice. */
async function storeOnce(
  placed: readonly Placed[],
  store: (rows: readonly SampleRow[]) => Promise<readonly SampleEffect[]>,
): Promise<readonly IndexedVerdict[]> {
  const firsts = new Map<string, Placed>();
  for (const sample of placed) {
    const key = keyOf(sample.row);
    if (!firsts.has(key)) firsts.set(key, sample);
  }
  const distinct = [...firsts.values()];
  const effects = await store(distinct.map(({ row }) => row));
  const byIndex = new Map(distinct.map(({ index }, i) => [index, effects[i]]));
  return placed.map(({ index, row }) => {
    const isSame = firsts.get(keyOf(row))?.row.value === row.value;
    const effect = byIndex.get(index) ?? (isSame ? "duplicate" : "conflict");
    return { index, verdict: effect === "conflict" ? conflictVerdict : { status: effect } };
  });
}

function keyOf(row: SampleRow): string {
  return `${row.ownerId}/${row.metric}/${row.atMs}`;
}
