import { AuditOutcomeWord, auditActionTitles } from "@/components/audit/audit-outcome";
import { CopyableId } from "@/components/ui/copyable-id";
import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import type { AuditEventDetail } from "@/lib/services/external-audit/read-event";
import type { PageTime } from "../page-time";
import { objectOf, personOf } from "./event-table";

type EventDetailProps = { readonly detail: AuditEventDetail; readonly time: PageTime };

/** One event with its attributes, values masked. */
export function EventDetail({ detail: { event, attributes }, time: { now, zone } }: EventDetailProps) {
  return (
    <div className="flex flex-col gap-4">
      <KeyValueList
        items={[
          { key: "When", value: <Moment at={event.at} now={now} zone={zone} withSeconds /> },
          { key: "Person", value: personOf(event) },
          { key: "Action", value: auditActionTitles[event.action] },
          { key: "Object", value: objectOf(event) || "—" },
          { key: "Outcome", value: <AuditOutcomeWord outcome={event.outcome} /> },
          { key: "Address, as claimed", value: event.claimedAddress ?? "—" },
          ...(event.observedAddress === null
            ? []
            : [{ key: "Address it was received from", value: event.observedAddress }]),
          { key: "Source", value: event.source },
          ...(event.auditSource === null ? [] : [{ key: "Written by", value: event.auditSource }]),
          { key: "Event number", value: <CopyableId value={event.engineEventId} kind="event number" /> },
        ]}
      />
      {event.outcome === "authorised" ? (
        <p className="text-muted">
          Authorised means that the engine allowed it. It writes the event before the action runs, so this
          does not say that it was done.
        </p>
      ) : null}
      <section>
        <h3 className="mb-1 font-medium">Attributes</h3>
        {attributes.length === 0 ? (
          <p className="text-muted">The source gave none.</p>
        ) : (
          <KeyValueList
            items={attributes.map(({ name, value, isMasked }) => ({
              key: name,
              value: (
                <span className={`font-mono text-12 break-all ${isMasked ? "text-muted" : ""}`}>
                  {value || "—"}
                </span>
              ),
            }))}
          />
        )}
        <p className="mt-2 text-12 text-muted">
          Values that may hold patient data are masked by shape. Opening them was noted in the audit trail.
        </p>
      </section>
    </div>
  );
}
