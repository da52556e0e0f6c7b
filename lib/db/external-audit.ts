import { arrayLiteral, booleanElement, bytesElement, textElement } from "./array-literal";
import { database } from "./client";
import { withPartitions } from "./partitions";

/** One audit event of a source as it is stored. `attributes` is sealed. */
export type ExternalAuditRow = {
  readonly atMs: number;
  /** 64-bit digest of source and event id, decimal text. */
  readonly id: string;
  readonly engineEventId: string;
  readonly name: string;
  readonly action: string;
  readonly outcome: string;
  readonly actorId: string | undefined;
  readonly actorName: string | undefined;
  readonly claimedAddress: string | undefined;
  readonly objectType: string | undefined;
  readonly objectId: string | undefined;
  readonly objectName: string | undefined;
  readonly patientRef: Buffer | undefined;
  readonly furtherPatientRefs: readonly Buffer[];
  /** Which system behind the feed wrote it. */
  readonly auditSource: string | undefined;
  /** From where it was received. */
  readonly observedAddress: string | undefined;
  readonly ownPolling: boolean;
  readonly bodyDigest: number;
  readonly keyId: string | undefined;
  readonly attributes: Buffer | undefined;
};

export type AuditEffect = "created" | "duplicate" | "conflict";

/** Keeps audit events of one source once each, by instant and event id, which must not repeat within a call. */
export async function storeExternalAudit(ask: {
  readonly sourceId: number;
  readonly rows: readonly ExternalAuditRow[];
  readonly now: Date;
}): Promise<readonly AuditEffect[]> {
  const { sourceId, rows, now } = ask;
  if (rows.length === 0) return [];
  const sorted = [...rows].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
  const values = [sourceId, now, ...columns.map(({ element }) => arrayLiteral(sorted, element))];
  const query = { name: "store-external-audit", text: STATEMENT, values };
  const need = { tables: ["external_audit_event"] as const, instantsMs: rows.map((row) => row.atMs) };
  const { rows: known } = await withPartitions(need, () => database().pool.query<KnownRow>(query));
  const effects = new Map(known.map((row) => [`${row.at_ms}/${row.id}`, effectOf(row)]));
  return rows.map((row) => effects.get(`${row.atMs}/${row.id}`) ?? "duplicate");
}

type KnownRow = {
  readonly at_ms: string;
  readonly id: string;
  readonly created: boolean;
  readonly same: boolean | null;
};

function effectOf({ created, same }: KnownRow): AuditEffect {
  if (created) return "created";
  return same === false ? "conflict" : "duplicate";
}

type Column = {
  readonly name: string;
  readonly arrayType: string;
  readonly element: (row: ExternalAuditRow) => string | number | undefined;
};

const columns: readonly Column[] = [
  { name: "at", arrayType: "float8", element: (row) => row.atMs },
  { name: "id", arrayType: "int8", element: (row) => row.id },
  { name: "engine_event_id", arrayType: "text", element: (row) => textElement(row.engineEventId) },
  { name: "name", arrayType: "text", element: (row) => textElement(row.name) },
  { name: "action", arrayType: "text", element: (row) => textElement(row.action) },
  { name: "outcome", arrayType: "text", element: (row) => textElement(row.outcome) },
  { name: "actor_id", arrayType: "text", element: (row) => textElement(row.actorId) },
  { name: "actor_name", arrayType: "text", element: (row) => textElement(row.actorName) },
  { name: "claimed_address", arrayType: "text", element: (row) => textElement(row.claimedAddress) },
  { name: "object_type", arrayType: "text", element: (row) => textElement(row.objectType) },
  { name: "object_id", arrayType: "text", element: (row) => textElement(row.objectId) },
  { name: "object_name", arrayType: "text", element: (row) => textElement(row.objectName) },
  { name: "patient_ref", arrayType: "bytea", element: (row) => bytesElement(row.patientRef) },
  {
    name: "further_patient_refs",
    arrayType: "text",
    element: (row) => byteArrayElement(row.furtherPatientRefs),
  },
  { name: "audit_source", arrayType: "text", element: (row) => textElement(row.auditSource) },
  { name: "observed_address", arrayType: "text", element: (row) => textElement(row.observedAddress) },
  { name: "own_polling", arrayType: "bool", element: (row) => booleanElement(row.ownPolling) },
  { name: "body_digest", arrayType: "int8", element: (row) => row.bodyDigest },
  { name: "key_id", arrayType: "text", element: (row) => textElement(row.keyId) },
  { name: "attributes", arrayType: "bytea", element: (row) => bytesElement(row.attributes) },
];

/** An array within the array, as text: unnest would take nested ones apart. */
function byteArrayElement(list: readonly Buffer[]): string | undefined {
  if (list.length === 0) return undefined;
  return textElement(`{${list.map((bytes) => `"\\\\x${bytes.toString("hex")}"`).join(",")}}`);
}

/** How a column of the arrays becomes one of the table, where they differ. */
const stored: Readonly<Record<string, string>> = {
  at: "to_timestamp(at / 1000)",
  further_patient_refs: "further_patient_refs::bytea[]",
};

const NAMES = columns.map(({ name }) => name).join(", ");

const STATEMENT = `
WITH given AS (
  SELECT * FROM unnest(${columns.map(({ arrayType }, i) => `$${i + 3}::${arrayType}[]`).join(", ")}) AS n(${NAMES})
), created AS (
  INSERT INTO signal.external_audit_event (source_id, observed_at, ${NAMES})
  SELECT $1::int, $2::timestamptz, ${columns.map(({ name }) => stored[name] ?? name).join(", ")}
  FROM given
  ON CONFLICT DO NOTHING
  RETURNING at, id
)
SELECT g.at::bigint::text AS at_ms, g.id::text, c.id IS NOT NULL AS created, e.body_digest = g.body_digest AS same
FROM given g
LEFT JOIN created c ON c.id = g.id AND c.at = to_timestamp(g.at / 1000)::timestamptz(3)
LEFT JOIN signal.external_audit_event e
  ON e.source_id = $1::int AND e.at = to_timestamp(g.at / 1000)::timestamptz(3) AND e.id = g.id`;
