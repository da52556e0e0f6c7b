import { canonicalJson } from "@/lib/core/audit/canonical-json";
import { digest64, joinParts, quickDigest } from "@/lib/core/message/digest";
import type { ExternalAuditEvent } from "@/lib/core/message/schema";
import { patientRef } from "@/lib/crypto/keyed-hash";
import { seal } from "@/lib/crypto/seal";
import { type ExternalAuditRow, storeExternalAudit } from "@/lib/db/external-audit";
import { instantCheck } from "./accepted-time";
import { conflictVerdict, type Indexed, type IndexedVerdict } from "./verdict";

/** What sealed attributes of audit events are bound to. */
export const AUDIT_ATTRIBUTES_PURPOSE = "external-audit-attributes";

/** Stores audit events of a source once each; attributes are sealed, patients become references. */
export async function storeAuditEvents(ask: {
  readonly sourceId: number;
  readonly seen: readonly Indexed<ExternalAuditEvent>[];
  readonly now: Date;
}): Promise<readonly IndexedVerdict[]> {
  const { sourceId, seen, now } = ask;
  const verdicts: IndexedVerdict[] = [];
  const firsts = new Map<string, { readonly index: number; readonly row: ExternalAuditRow }>();
  const refuseInstant = instantCheck({ kept: "externalAudit", now });
  for (const { index, item } of seen) {
    const untimely = refuseInstant(item.at);
    if (untimely !== undefined) {
      verdicts.push({ index, verdict: untimely });
      continue;
    }
    const row = rowOf(sourceId, item);
    const first = firsts.get(`${row.atMs}/${row.id}`);
    if (first === undefined) firsts.set(`${row.atMs}/${row.id}`, { index, row });
    else {
      const isSame = first.row.bodyDigest === row.bodyDigest;
      verdicts.push({ index, verdict: isSame ? { status: "duplicate" } : conflictVerdict });
    }
  }
  const distinct = [...firsts.values()];
  const effects = await storeExternalAudit({ sourceId, rows: distinct.map(({ row }) => row), now });
  distinct.forEach(({ index }, i) => {
    const effect = effects[i] ?? "duplicate";
    verdicts.push({ index, verdict: effect === "conflict" ? conflictVerdict : { status: effect } });
  });
  return verdicts;
}

/** The id under which an event of a source is stored, whoever computes it. */
export function externalAuditId(sourceId: number, { eventId }: Pick<ExternalAuditEvent, "eventId">): string {
  return digest64(joinParts([sourceId, eventId]));
}

function rowOf(sourceId: number, event: ExternalAuditEvent): ExternalAuditRow {
  const ref = event.patient && patientRef(event.patient);
  const attributes = sealedAttributes(event);
  const sealed =
    attributes === undefined ? undefined : seal(canonicalJson(attributes), AUDIT_ATTRIBUTES_PURPOSE);
  return {
    atMs: event.at.getTime(),
    id: externalAuditId(sourceId, event),
    engineEventId: event.eventId,
    name: event.name,
    action: event.action,
    outcome: event.outcome,
    actorId: event.actorId,
    actorName: event.actorName,
    claimedAddress: event.claimedAddress,
    objectType: event.objectType,
    objectId: event.objectId,
    objectName: event.objectName,
    patientRef: ref,
    furtherPatientRefs: (event.furtherPatients ?? []).map((patient) => patientRef(patient)),
    auditSource: event.auditSource,
    observedAddress: event.observedAddress,
    ownPolling: event.ownPolling ?? false,
    bodyDigest: bodyDigest(event, ref),
    keyId: sealed?.keyId,
    attributes: sealed?.bytes,
  };
}

/** Codes and studies are kept with the attributes: they are read one event at a time. */
function sealedAttributes({ attributes, codes, studies }: ExternalAuditEvent) {
  if (codes === undefined && studies === undefined) return attributes;
  const words = (codes ?? []).map(({ code, system, display }) =>
    [display, system, code].filter((part) => part !== undefined && part !== "").join(" "),
  );
  return {
    ...attributes,
    ...(words.length > 0 && { "event codes": words.join("; ") }),
    ...(studies && { studies: studies.join(", ") }),
  };
}

/** Attributes are left out: they may hold patient data, and an event is told apart by everything else. */
function bodyDigest(event: ExternalAuditEvent, ref: Buffer | undefined): number {
  return quickDigest(
    joinParts([
      event.name,
      event.action,
      event.outcome,
      event.actorId,
      event.actorName,
      event.claimedAddress,
      event.objectType,
      event.objectId,
      event.objectName,
      ref?.toString("hex"),
      event.ownPolling ?? false,
    ]),
  );
}
