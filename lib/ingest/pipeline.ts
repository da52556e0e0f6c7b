import type { ClinicalFact, ClinicalKind } from "@/lib/core/clinical/schema";
import type { Item, NormalisedBatch, Reject, RejectReason } from "@/lib/core/message/schema";
import { keepRejects } from "./keep-rejects";
import { storeAuditEvents } from "./store-audit-events";
import { storeDeliveries } from "./store-deliveries";
import { storeFacts } from "./store-facts";
import { storeInterfaces, storeSourceChanges } from "./store-interfaces";
import { storeSamples } from "./store-samples";
import type { Indexed, IndexedVerdict, ItemStatus, Verdict } from "./verdict";

/** How one item of a batch ended. */
export type ItemResult = {
  readonly index: number;
  readonly status: ItemStatus;
  readonly reason?: RejectReason;
  readonly detail?: string;
  readonly deadLetterId?: string;
};

/** One result for each item, by index; and for each reject of the batch the dead letter it became. */
export type StoreResult = {
  readonly items: readonly ItemResult[];
  readonly rejected: readonly {
    readonly index: number;
    readonly reason: RejectReason;
    readonly detail: string;
    readonly deadLetterId: string;
  }[];
};

/**
 * Stores all that one page of a source says, exactly once: running it again changes nothing. Resolves after COMMIT.
 * Interfaces come first, so that what follows finds their legs. Conflicts, refusals and rejects become dead letters.
 * @throws whatever the database throws; then some of the batch may be stored, and the whole of it is to be sent again
 */
export async function storeBatch(ask: {
  readonly sourceId: number;
  readonly batch: NormalisedBatch;
  readonly now: Date;
}): Promise<StoreResult> {
  const { sourceId, batch, now } = ask;
  const sorted = byKind(batch.items);
  const verdicts = [
    ...(await storeInterfaces({ sourceId, seen: sorted.interface, now })),
    ...(await storeDeliveries({ sourceId, seen: sorted.delivery, now })),
    ...(await storeSamples({ sourceId, seen: sorted.gauge, now })),
    ...(await storeAuditEvents({ sourceId, seen: sorted.audit, now })),
    ...(await storeSourceChanges({ sourceId, seen: sorted.change, now })),
    ...(await storeFacts({ sourceId, seen: sorted.clinical, now })),
  ];
  const refused = verdicts.filter(isRefused);
  const refusals = refused.map(({ index, verdict }) => rejectOf(batch.items[index], verdict));
  const ids = await keepRejects({ sourceId, rejects: [...refusals, ...batch.rejects], now });
  const letterOf = new Map(refused.map(({ index }, i) => [index, ids[i] ?? ""]));
  return {
    items: verdicts
      .map(({ index, verdict }) => resultOf({ index, verdict, deadLetterId: letterOf.get(index) }))
      .sort((a, b) => a.index - b.index),
    rejected: batch.rejects.map(({ reason, detail }, index) => ({
      index,
      reason,
      detail,
      deadLetterId: ids[refusals.length + index] ?? "",
    })),
  };
}

type Sorted = {
  readonly [K in Exclude<Item["kind"], ClinicalKind>]: Indexed<Extract<Item, { kind: K }>>[];
} & {
  readonly clinical: Indexed<ClinicalFact>[];
};

function byKind(items: readonly Item[]): Sorted {
  const sorted: Sorted = { interface: [], delivery: [], gauge: [], audit: [], change: [], clinical: [] };
  items.forEach((item, index) => {
    switch (item.kind) {
      case "interface":
        sorted.interface.push({ index, item });
        break;
      case "delivery":
        sorted.delivery.push({ index, item });
        break;
      case "gauge":
        sorted.gauge.push({ index, item });
        break;
      case "audit":
        sorted.audit.push({ index, item });
        break;
      case "change":
        sorted.change.push({ index, item });
        break;
      case "patient":
      case "order":
      case "worklist":
      case "procedureStep":
      case "study":
      case "report":
        sorted.clinical.push({ index, item });
        break;
    }
  });
  return sorted;
}

type Refusal = Extract<Verdict, { readonly reason: RejectReason }>;

function isRefused(entry: IndexedVerdict): entry is { readonly index: number; readonly verdict: Refusal } {
  return "reason" in entry.verdict;
}

/** An item is kept as the JSON it could be pushed with again. */
function rejectOf(item: Item | undefined, { reason, detail }: Refusal): Reject {
  return { reason, detail, contentKind: "item", payload: JSON.stringify(item ?? null) };
}

function resultOf(from: IndexedVerdict & { readonly deadLetterId: string | undefined }): ItemResult {
  const { index, verdict, deadLetterId } = from;
  if (!("reason" in verdict)) return { index, status: verdict.status };
  const { status, reason, detail } = verdict;
  return { index, status, reason, detail, ...(deadLetterId === undefined ? {} : { deadLetterId }) };
}
