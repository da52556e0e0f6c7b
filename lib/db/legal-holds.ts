import type { HoldSubject, LegalHold } from "@/lib/core/retention/schema";
import { database } from "./client";
import type { Transaction } from "./transaction";

/** Puts something on hold and answers with the id. Waits for a deletion that is under way: what is left is then kept. */
export async function insertHold(
  tx: Transaction,
  hold: {
    readonly subject: HoldSubject;
    readonly reason: string;
    readonly placedBy: string;
    readonly now: Date;
  },
): Promise<string> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signal.partitions'))`;
  const { subject, reason, placedBy, now } = hold;
  const patientRef =
    subject.kind === "patient" ? new Uint8Array(Buffer.from(subject.reference, "hex")) : null;
  const person = subject.kind === "person" ? subject.person : null;
  const [from, to] = subject.kind === "period" ? [subject.from, subject.to] : [null, null];
  const rows = await tx.$queryRaw<{ readonly id: string }[]>`
    INSERT INTO signal.legal_hold (kind, patient_ref, person, from_at, to_at, reason, placed_by, placed_at)
    VALUES (${subject.kind}, ${patientRef}::bytea, ${person}, ${from}::timestamptz, ${to}::timestamptz, ${reason},
      ${placedBy}::uuid, ${now})
    RETURNING id::text`;
  return rows[0]?.id ?? "";
}

/** Ends a hold that still holds. False when there is none with this id, or somebody was first. */
export async function endHold(
  tx: Transaction,
  end: { readonly id: string; readonly liftedBy: string; readonly reason: string; readonly now: Date },
): Promise<boolean> {
  const { id, liftedBy, reason, now } = end;
  const count = await tx.$executeRaw`
    UPDATE signal.legal_hold SET lifted_by = ${liftedBy}::uuid, lifted_at = ${now}, lift_reason = ${reason}
    WHERE id = ${id}::uuid AND lifted_at IS NULL`;
  return count > 0;
}

/** Whether a hold on this patient, named by the keyed reference, holds. */
export async function isPatientOnHold(tx: Transaction, reference: Buffer): Promise<boolean> {
  const rows = await tx.$queryRaw<readonly unknown[]>`
    SELECT 1 FROM signal.legal_hold WHERE lifted_at IS NULL AND patient_ref = ${new Uint8Array(reference)}`;
  return rows.length > 0;
}

/** Every hold, those that hold first, newest in front. */
export async function listLegalHolds(): Promise<readonly LegalHold[]> {
  const { rows } = await database().pool.query<Row>(
    `${SELECT} ORDER BY h.lifted_at IS NOT NULL, h.placed_at DESC`,
  );
  return rows.map(holdOf);
}

export async function findLegalHold(id: string): Promise<LegalHold | undefined> {
  const { rows } = await database().pool.query<Row>(`${SELECT} WHERE h.id = $1::uuid`, [id]);
  return rows.map(holdOf)[0];
}

const SELECT = `
  SELECT h.id::text, h.kind, encode(h.patient_ref, 'hex') AS reference, h.person, h.from_at AS "from", h.to_at AS "to",
    h.reason, h.placed_by::text AS "placedBy", coalesce(p.name, '') AS "placedByName", h.placed_at AS "placedAt",
    h.lifted_by::text AS "liftedBy", coalesce(l.name, '') AS "liftedByName", h.lifted_at AS "liftedAt",
    h.lift_reason AS "liftReason"
  FROM signal.legal_hold h
  LEFT JOIN public."user" p ON p.id = h.placed_by
  LEFT JOIN public."user" l ON l.id = h.lifted_by`;

type Row = {
  readonly id: string;
  readonly reference: string | null;
  readonly person: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly reason: string;
  readonly placedBy: string;
  readonly placedByName: string;
  readonly placedAt: Date;
  readonly liftedBy: string | null;
  readonly liftedByName: string;
  readonly liftedAt: Date | null;
  readonly liftReason: string | null;
};

function holdOf(row: Row): LegalHold {
  const { liftedBy, liftedAt } = row;
  return {
    id: row.id,
    subject: subjectOf(row),
    reason: row.reason,
    placedBy: { id: row.placedBy, name: row.placedByName },
    placedAt: row.placedAt,
    lifted:
      liftedBy === null || liftedAt === null
        ? undefined
        : { by: { id: liftedBy, name: row.liftedByName }, at: liftedAt, reason: row.liftReason ?? "" },
  };
}

/** A constraint sees to it that a hold has exactly the values of its kind. */
function subjectOf({ reference, person, from, to }: Row): HoldSubject {
  if (reference !== null) return { kind: "patient", reference };
  if (from !== null && to !== null) return { kind: "period", from, to };
  return { kind: "person", person: person ?? "" };
}
