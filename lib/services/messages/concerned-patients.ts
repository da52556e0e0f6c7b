import type { Reach } from "@/lib/core/authz/policy";
import type { DeliveryPlace } from "@/lib/core/message/delivery-place";
import { readMessagePatients } from "@/lib/db/disclosures";
import type { AuditNote } from "@/lib/services/command";

/** What the audit trail says of whom a message concerns: its key, and its patients by keyed reference. */
export async function concernedPatients(
  place: DeliveryPlace,
  reach: Reach,
): Promise<Pick<AuditNote, "detail" | "patientRefs">> {
  const concerned = await readMessagePatients(place, reach);
  if (concerned === undefined) return {};
  const { messageKey, patientRefs } = concerned;
  return { detail: { messageKey }, patientRefs };
}
