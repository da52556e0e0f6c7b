import { randomUUID } from "node:crypto";
import type { OutgoingNotice } from "@/lib/core/notice/schema";

/** A notice of an incident of its own that was opened just now. */
export function aNotice(over: Partial<OutgoingNotice> = {}): OutgoingNotice {
  const id = randomUUID();
  return {
    key: `incident/${id}/opened`,
    kind: "incident_opened",
    incidentId: id,
    interfaceName: "Lab results to RIS",
    reason: "Nothing listens at the destination",
    count: 3,
    path: `/incidents/${id}`,
    severity: "critical",
    department: null,
    raisedAt: new Date(),
    ...over,
  };
}
