import { actionOf } from "@/lib/connectors/mirth/event-actions";
import { objectOf } from "@/lib/connectors/mirth/event-object";
import type { ChangeSeen, ExternalAuditEvent } from "@/lib/core/message/schema";
import type { Hospital } from "../hospital/hospital";
import { names } from "../hospital/incidents";
import { staffActs } from "../hospital/staff-activity";
import type { StaffAct } from "../hospital/staff-incidents";

const dayMs = 86_400_000;
/** More than the staff does in a day, so that days can be numbered apart. */
const eventsADay = 60;

/** The audit log of the engine for one UTC day, as the connector would have read it. */
export function dayAudit(given: {
  readonly hospital: Hospital;
  readonly oldestDayMs: number;
  readonly dayMs: number;
  readonly untilMs: number;
}): readonly ExternalAuditEvent[] {
  if (given.dayMs < given.oldestDayMs) return [];
  const firstId = ((given.dayMs - given.oldestDayMs) / dayMs) * eventsADay + 1;
  return staffActs(given.hospital, given.dayMs)
    .slice(0, eventsADay)
    .filter((act) => act.atMs < given.untilMs)
    .map((act, index) => auditEvent(act, firstId + index));
}

/** No event of the past has this id or a higher one. */
export function firstLiveEventId(given: {
  readonly oldestDayMs: number;
  readonly lastDayMs: number;
}): number {
  return ((given.lastDayMs - given.oldestDayMs) / dayMs + 1) * eventsADay + 1;
}

function auditEvent(act: StaffAct, id: number): ExternalAuditEvent {
  const attributes = Object.fromEntries(
    act.attributes.map(([name, value]) => [name, (value ?? "").replace(/\n$/, "")]),
  );
  return {
    kind: "audit",
    eventId: String(id),
    at: new Date(act.atMs),
    name: act.name,
    action: actionOf(act.name),
    outcome: act.outcome === "FAILURE" ? "failure" : act.name === "Login" ? "success" : "authorised",
    actorId: String(act.userId),
    actorName: act.username,
    ...(act.ipAddress !== undefined && { claimedAddress: act.ipAddress }),
    ...objectOf(attributes),
    attributes,
  };
}

/** What somebody noted, or the engine told, that explains a step in a chart. */
export function pastChanges(hospital: Hospital): readonly ChangeSeen[] {
  const { maintenance, incidents } = hospital.plantings;
  const at = (ms: number) => new Date(ms);
  const rejected = incidents.find((one) => one.kind === "nacks");
  const drifting = incidents.find((one) => one.kind === "slower");
  return [
    { kind: "change", at: at(maintenance.fromMs), change: "stopped", detail: "Maintenance window" },
    { kind: "change", at: at(maintenance.toMs), change: "restarted", detail: "Server startup complete" },
    ...(rejected === undefined
      ? []
      : [
          deployed({ interface: names.labOrders, atMs: rejected.fromMs, detail: "Revision 14" }),
          deployed({ interface: names.labOrders, atMs: rejected.toMs, detail: "Revision 15" }),
        ]),
    ...(drifting === undefined
      ? []
      : [deployed({ interface: names.imagingReports, atMs: drifting.fromMs, detail: "Revision 7" })]),
  ];
}

function deployed(given: {
  readonly interface: string;
  readonly atMs: number;
  readonly detail: string;
}): ChangeSeen {
  return {
    kind: "change",
    interface: given.interface,
    at: new Date(given.atMs),
    change: "deployed",
    detail: given.detail,
  };
}
