import type { PatientAccess } from "@/lib/core/disclosure/patient-access";
import type { TimeRange } from "@/lib/core/time/range";
import { database } from "./client";

type Ask = {
  /** The keyed reference of one identifier. */
  readonly patientRef: Buffer;
  /** How our own trail names the patient: undefined where it never did, or the patient was erased from it. */
  readonly tag: string | undefined;
  readonly range: TimeRange;
  readonly limit: number;
};

/**
 * Lines of our own trail that concern the patient, newest first: by the tag under the patient's key, and by the bare
 * reference of lines from before there were such keys. Index audit_leaf_patient.
 */
export async function readOwnAccess(ask: Ask): Promise<readonly PatientAccess[]> {
  const reference = ask.patientRef.toString("hex");
  const { rows } = await database().pool.query<PatientAccess>(
    `SELECT l.id::text AS id, l.at, 'Signalbox' AS system, true AS "isOwn", l.actor_kind AS "actorKind", l.actor_id AS "actorId",
       u.name AS "actorName", l.entity_type AS act, nullif(l.entity_id, '') AS "entityId",
       l.detail->>'reason' AS reason, l.outcome
     FROM signal.audit_leaf l LEFT JOIN public."user" u ON l.actor_kind = 'user' AND u.id::text = l.actor_id
     WHERE l.detail ? 'patientRefs' AND l.at >= $2 AND l.at < $3
       AND (l.detail -> 'patientRefs' @> $1::jsonb OR l.detail -> 'patientRefs' @> $5::jsonb)
     ORDER BY l.at DESC, l.id DESC LIMIT $4`,
    [listOf(reference), ask.range.from, ask.range.to, ask.limit, listOf(ask.tag ?? reference)],
  );
  return rows.map(withoutNulls);
}

/**
 * Audit events of the sources that name the patient, alone or among others, newest first. Indexes external_audit_patient and
 * external_audit_further_patients.
 */
export async function readExternalAccess(ask: Ask): Promise<readonly PatientAccess[]> {
  const { rows } = await database().pool.query<PatientAccess>(
    `SELECT e.id::text AS id, e.at, concat_ws(': ', s.name, e.audit_source) AS system, false AS "isOwn", CASE WHEN e.own_polling THEN 'system' ELSE 'user' END AS "actorKind",
       e.actor_id AS "actorId", e.actor_name AS "actorName", e.name AS act,
       nullif(concat_ws(' ', e.object_type, coalesce(e.object_name, e.object_id)), '') AS "entityId",
       NULL AS reason, e.outcome
     FROM signal.external_audit_event e JOIN public.source s ON s.id = e.source_id
     WHERE (e.patient_ref = $1 OR e.further_patient_refs @> ARRAY[$1::bytea]) AND e.at >= $2 AND e.at < $3
     ORDER BY e.at DESC, e.id DESC LIMIT $4`,
    [ask.patientRef, ask.range.from, ask.range.to, ask.limit],
  );
  return rows.map(withoutNulls);
}

function listOf(text: string): string {
  return JSON.stringify([text]);
}

function withoutNulls(row: PatientAccess): PatientAccess {
  return {
    ...row,
    actorId: row.actorId ?? undefined,
    actorName: row.actorName ?? undefined,
    entityId: row.entityId ?? undefined,
    reason: row.reason ?? undefined,
  };
}
