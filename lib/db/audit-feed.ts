import { typedPermissions } from "@/lib/core/fhir/audit-codes";
import type { FeedEvent } from "@/lib/core/fhir/audit-event";
import type { FeedPlace } from "@/lib/core/fhir/audit-place";
import type { AuditSearch } from "@/lib/core/fhir/schema";
import { database } from "./client";

const ENGINE = `SELECT e.source_id AS "sourceId", e.at, e.id AS key, s.name AS source, e.name, NULL AS permission,
    e.action, e.outcome, 'engine-user' AS "actorKind", e.actor_id AS "actorId", e.actor_name AS "actorName",
    e.claimed_address AS address, e.object_type AS "objectType", e.object_id AS "objectId",
    e.object_name AS "objectName", encode(e.patient_ref, 'hex') AS "patientRef"
  FROM signal.external_audit_event e JOIN public.source s ON s.id = e.source_id`;

const OWN = `SELECT 0 AS "sourceId", l.at, l.id AS key, NULL AS source, l.permission AS name, l.permission,
    l.action, l.outcome, l.actor_kind AS "actorKind", l.actor_id AS "actorId", u.name AS "actorName",
    NULL AS address, l.entity_type AS "objectType", nullif(l.entity_id, '') AS "objectId",
    NULL AS "objectName", NULL AS "patientRef"
  FROM signal.audit_leaf l LEFT JOIN public."user" u ON l.actor_kind = 'user' AND u.id::text = l.actor_id`;

/**
 * One page of audit events of engines and of our own trail together, newest first, by keyset. Read along
 * external_audit_at and audit_leaf_at within the range; the rest is checked row by row.
 */
export async function readAuditFeed(
  search: Omit<AuditSearch, "patient">,
  limit: number,
): Promise<readonly FeedEvent[]> {
  const values: unknown[] = [search.range.from, search.range.to, limit];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const engine = `${ENGINE} WHERE ${engineConditions(search, parameter).join(" AND ")}`;
  const own = `${OWN} WHERE ${ownConditions(search, parameter).join(" AND ")}`;
  const order = `ORDER BY at DESC, "sourceId" DESC, key DESC LIMIT $3`;
  const { rows } = await database().pool.query(
    `SELECT f.*, key::text AS id FROM ((${engine} ${order}) UNION ALL (${own} ${order})) f ${order}`,
    values,
  );
  return rows.map(({ key: _, ...row }) => row);
}

/** One event; undefined when there is none at this place. Primary keys. */
export async function readFeedEvent({ sourceId, at, id }: FeedPlace): Promise<FeedEvent | undefined> {
  const own = { text: `${OWN} WHERE l.at = $1 AND l.id = $2::int8`, values: [at, id] };
  const engine = {
    text: `${ENGINE} WHERE e.at = $1 AND e.id = $2::int8 AND e.source_id = $3`,
    values: [at, id, sourceId],
  };
  const { rows } = await database().pool.query(sourceId === 0 ? own : engine);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { key, ...event } = row;
  return { ...event, id: String(key) };
}

type Parameter = (value: unknown) => string;

function engineConditions(search: Omit<AuditSearch, "patient">, parameter: Parameter): readonly string[] {
  const { agent, agentName, entity, entityName, address, patientRef, sourceId, type } = search;
  const begins = (column: string, text: string) => `starts_with(lower(${column}), lower(${parameter(text)}))`;
  return [
    ...commonConditions({ search, parameter, alias: "e", source: "e.source_id" }),
    ...(type === undefined || type.others ? [] : ["false"]),
    ...(agent === undefined ? [] : [`e.actor_id = ${parameter(agent)}`]),
    ...(agentName === undefined ? [] : [begins("e.actor_name", agentName)]),
    ...(entity === undefined ? [] : [`e.object_id = ${parameter(entity)}`]),
    ...(entityName === undefined ? [] : [begins("e.object_name", entityName)]),
    ...(address === undefined ? [] : [begins("e.claimed_address", address)]),
    ...(patientRef === undefined ? [] : [namesPatient(parameter(patientRef))]),
    ...(sourceId === undefined ? [] : [`e.source_id = ${parameter(sourceId)}`]),
  ];
}

function namesPatient(reference: string): string {
  const bytes = `decode(${reference}, 'hex')`;
  return `(e.patient_ref = ${bytes} OR e.further_patient_refs @> ARRAY[${bytes}])`;
}

function ownConditions(search: Omit<AuditSearch, "patient">, parameter: Parameter): readonly string[] {
  const { agent, agentName, entity, entityName, address, patientRef, sourceId, type } = search;
  const isElsewhere = [entityName, address, patientRef].some((one) => one !== undefined);
  return [
    ...commonConditions({ search, parameter, alias: "l", source: "0" }),
    ...(isElsewhere || (sourceId !== undefined && sourceId !== 0) ? ["false"] : []),
    ...(type === undefined
      ? []
      : [
          type.others
            ? `l.permission <> ALL (${parameter(typedPermissions)})`
            : `l.permission = ANY (${parameter(type.permissions)})`,
        ]),
    ...(agent === undefined ? [] : [`l.actor_id = ${parameter(agent)}`]),
    ...(agentName === undefined ? [] : [`starts_with(lower(u.name), lower(${parameter(agentName)}))`]),
    ...(entity === undefined ? [] : [`l.entity_id = ${parameter(entity)}`]),
  ];
}

function commonConditions(of: {
  readonly search: Omit<AuditSearch, "patient">;
  readonly parameter: Parameter;
  readonly alias: "e" | "l";
  readonly source: string;
}): readonly string[] {
  const { search, parameter, alias, source } = of;
  const { action, outcomes, after } = search;
  const at = after && `${parameter(after.at)}::timestamptz`;
  return [
    `${alias}.at >= $1 AND ${alias}.at < $2`,
    ...(action === undefined ? [] : [`${alias}.action = ${parameter(action)}`]),
    ...(outcomes === undefined ? [] : [`${alias}.outcome = ANY (${parameter(outcomes)})`]),
    ...(after === undefined
      ? []
      : [
          `${alias}.at <= ${at}`,
          `(${alias}.at, ${source}, ${alias}.id) < (${at}, ${parameter(after.sourceId)}::int4, ${parameter(after.id)}::int8)`,
        ]),
  ];
}
