import type { Reach } from "@/lib/core/authz/policy";
import type { StatedReason } from "@/lib/core/disclosure/schema";
import type { DeliveryPlace } from "@/lib/core/message/delivery-place";
import { database } from "./client";
import type { Transaction } from "./transaction";
import { isWithinReach, reachValue } from "./within-reach";

/** Until when a person may see the values of one delivery, and why. */
export type DisclosureGrant = StatedReason & {
  readonly id: string;
  readonly userId: string;
  readonly place: DeliveryPlace;
  readonly grantedAt: Date;
  readonly expiresAt: Date;
};

/** Keyed references of the patients that the legs of one message name, in hex. */
export type MessagePatients = { readonly messageKey: string; readonly patientRefs: readonly string[] };

/** Whom the message of a delivery concerns; undefined where there is no such delivery within reach. Primary key of each leg. */
export async function readMessagePatients(
  place: DeliveryPlace,
  reach: Reach,
): Promise<MessagePatients | undefined> {
  const { rows } = await database().pool.query<MessagePatients>(
    `SELECT this.message_key::text AS "messageKey",
       coalesce(array_agg(DISTINCT encode(d.patient_ref, 'hex')) FILTER (WHERE d.patient_ref IS NOT NULL), '{}') AS "patientRefs"
     FROM public.leg own
     JOIN public.interface i ON i.id = own.interface_id AND ${isWithinReach("$4")}
     JOIN signal.delivery this ON this.leg_id = own.id AND this.received_at = $2 AND this.id = $3::int8
     JOIN public.leg leg ON leg.interface_id = own.interface_id
     JOIN signal.delivery d ON d.leg_id = leg.id AND d.received_at = $2 AND d.message_key = this.message_key
     WHERE own.id = $1
     GROUP BY this.message_key`,
    [place.legId, place.receivedAt, place.id, reachValue(reach)],
  );
  return rows[0];
}

/** Puts the disclosures of one person in a row, to the end of the transaction. */
export async function lockDisclosures(tx: Transaction, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signalbox.disclosure'), hashtext(${userId}))`;
}

/** How many disclosures a person was granted since an instant. Index disclosure_grant_person. */
export async function countDisclosures(
  tx: Transaction,
  ask: { readonly userId: string; readonly since: Date },
): Promise<number> {
  const rows = await tx.$queryRaw<readonly { count: number }[]>`
    SELECT count(*)::int AS count FROM signal.disclosure_grant
    WHERE user_id = ${ask.userId}::uuid AND granted_at > ${ask.since}`;
  return rows[0]?.count ?? 0;
}

export async function insertDisclosureGrant(tx: Transaction, grant: DisclosureGrant): Promise<void> {
  const { place } = grant;
  await tx.$executeRaw`
    INSERT INTO signal.disclosure_grant
      (id, user_id, leg_id, received_at, delivery_id, reason, reason_text, granted_at, expires_at)
    VALUES (${grant.id}::uuid, ${grant.userId}::uuid, ${place.legId}, ${place.receivedAt}, ${place.id}::int8,
      ${grant.reason}, ${grant.reasonText}, ${grant.grantedAt}, ${grant.expiresAt})`;
}

/** As insertDisclosureGrant, of an exam. */
export async function insertExamDisclosure(
  tx: Transaction,
  grant: Omit<DisclosureGrant, "place"> & { readonly examId: string },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO signal.disclosure_grant (id, user_id, exam_id, reason, reason_text, granted_at, expires_at)
    VALUES (${grant.id}::uuid, ${grant.userId}::uuid, ${grant.examId}::uuid, ${grant.reason}, ${grant.reasonText},
      ${grant.grantedAt}, ${grant.expiresAt})`;
}

/** Until when the person may see the values of this exam; undefined where they may not now. */
export async function findExamDisclosure(ask: {
  readonly userId: string;
  readonly examId: string;
  readonly now: Date;
}): Promise<Date | undefined> {
  const { rows } = await database().pool.query<{ expiresAt: Date }>(
    `SELECT expires_at AS "expiresAt" FROM signal.disclosure_grant
     WHERE user_id = $1 AND exam_id = $2 AND expires_at > $3 ORDER BY granted_at DESC LIMIT 1`,
    [ask.userId, ask.examId, ask.now],
  );
  return rows[0]?.expiresAt;
}

/** By which grant and until when the person may see the values of this delivery; undefined where they may not now. */
export async function findLiveDisclosure(ask: {
  readonly userId: string;
  readonly place: DeliveryPlace;
  readonly now: Date;
}): Promise<Pick<DisclosureGrant, "id" | "expiresAt"> | undefined> {
  const { userId, place, now } = ask;
  const { rows } = await database().pool.query<Pick<DisclosureGrant, "id" | "expiresAt">>(
    `SELECT id::text, expires_at AS "expiresAt" FROM signal.disclosure_grant
     WHERE user_id = $1 AND leg_id = $2 AND received_at = $3 AND delivery_id = $4::int8
       AND expires_at > $5
     ORDER BY granted_at DESC LIMIT 1`,
    [userId, place.legId, place.receivedAt, place.id, now],
  );
  return rows[0];
}

/** Whether the audit trail says how the patient of a grant relates to its reader. Index audit_leaf_entity. */
export async function areSignsNoted(grant: string): Promise<boolean> {
  const { rows } = await database().pool.query(
    "SELECT FROM signal.audit_leaf WHERE entity_type = 'disclosure-signs' AND entity_id = $1 LIMIT 1",
    [grant],
  );
  return rows.length > 0;
}
