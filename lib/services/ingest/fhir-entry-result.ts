import type { Went } from "@/lib/core/formats/fhir/body-batch";
import type { Declined, FhirEntry } from "@/lib/core/formats/fhir/read-body";
import type { ItemStatus } from "@/lib/core/message/item-status";
import type { StoreResult } from "@/lib/ingest/pipeline";

/** How one entry ended. `nothing`: understood, and nothing of it is kept. `undone`: good, in a transaction that was refused. */
export type FhirEntryResult = {
  readonly status: ItemStatus | "nothing" | "undone" | Declined["code"];
  /** Why, in words without content. */
  readonly detail: string | undefined;
  readonly deadLetterId: string | undefined;
  /** Under which id the audit event can be read. */
  readonly auditId: string | undefined;
};

export function resultOf(of: {
  readonly entry: FhirEntry;
  readonly went: Went;
  readonly stored: StoreResult;
  readonly auditId: string | undefined;
}): FhirEntryResult {
  const { entry, went, stored, auditId } = of;
  const { reading } = entry;
  const none = { deadLetterId: undefined, auditId: undefined };
  switch (reading.kind) {
    case "nothing":
      return { status: "nothing", detail: reading.why, ...none };
    case "declined":
      return { status: reading.code, detail: reading.why, ...none };
    case "refused": {
      const deadLetterId = went.to === "rejects" ? stored.rejected[went.at]?.deadLetterId : undefined;
      return { status: "rejected", detail: reading.detail, deadLetterId, auditId: undefined };
    }
    case "item": {
      const item = went.to === "items" ? stored.items[went.at] : undefined;
      if (item === undefined) return { status: "undone", detail: undefined, ...none };
      const { status, detail, deadLetterId } = item;
      return { status, detail, deadLetterId, auditId: status === "rejected" ? undefined : auditId };
    }
  }
}
