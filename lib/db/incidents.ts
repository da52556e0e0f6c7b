import type { NoticeSeverity } from "@/lib/core/notice/schema";
import type { Transaction } from "./transaction";

/** What opens an incident. */
export type NewIncident = {
  readonly place: string;
  readonly title: string;
  readonly severity: NoticeSeverity;
  readonly interfaceId: number;
  readonly interfaceName: string;
  readonly department: string | null;
  readonly now: Date;
};

/** The incident that is not resolved at a place, or a new one. Index incident_open_place keeps it to one. */
export async function openIncident(
  tx: Transaction,
  of: NewIncident,
): Promise<{ readonly number: string; readonly isNew: boolean }> {
  const [open] = await tx.$queryRaw<readonly { readonly number: string }[]>`
    SELECT number::text FROM signal.incident WHERE place = ${of.place} AND resolved_at IS NULL`;
  if (open !== undefined) return { number: open.number, isNew: false };
  const [made] = await tx.$queryRaw<readonly { readonly number: string }[]>`
    INSERT INTO signal.incident (place, title, severity, interface_id, interface_name, department, opened_at)
    VALUES (${of.place}, ${of.title}, ${of.severity}, ${of.interfaceId}, ${of.interfaceName}, ${of.department}, ${of.now})
    RETURNING number::text`;
  if (made === undefined) throw new Error("INSERT … RETURNING gave no row.");
  return { number: made.number, isNew: true };
}

/** Adds a line to the timeline of an incident. */
export async function addEntry(
  tx: Transaction,
  entry: { readonly number: string; readonly at: Date; readonly kind: EntryKind; readonly text: string },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO signal.incident_entry (incident_number, at, kind, text)
    VALUES (${entry.number}::bigint, ${entry.at}, ${entry.kind}, ${entry.text})`;
}

/** What the product itself writes down. */
type EntryKind = "first_failure" | "alarm" | "cleared";
