import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { DeliveryRow } from "@/lib/db/delivery-row";

/** Columns of signal.delivery as COPY text takes them; the same that ingest writes. */
const fields: readonly (readonly [string, (row: DeliveryRow) => string | number | boolean | undefined])[] = [
  ["leg_id", (row) => row.legId],
  ["received_at", (row) => instant(row.receivedMs)],
  ["id", (row) => row.id],
  ["message_key", (row) => row.messageKey],
  ["engine_message_id", (row) => row.engineMessageId],
  ["control_id", (row) => row.controlId],
  ["message_type", (row) => row.messageType],
  ["state", (row) => row.state],
  ["outcome", (row) => row.outcome],
  ["first_outcome", (row) => row.firstOutcome],
  ["first_outcome_seq", (row) => row.firstOutcomeSeq],
  ["first_inferred", (row) => row.firstInferred],
  ["ack_code", (row) => row.ackCode],
  ["reason", (row) => row.reason],
  ["attempts", (row) => row.attempts],
  ["started_at", (row) => instant(row.startedMs)],
  ["sent_at", (row) => instant(row.sentMs)],
  ["acked_at", (row) => instant(row.ackedMs)],
  ["latency_ms", (row) => row.latencyMs],
  ["wait_ms", (row) => row.waitMs],
  ["partner_ms", (row) => row.partnerMs],
  ["clock_suspect", (row) => row.clockSuspect],
  ["size_bytes", (row) => row.sizeBytes],
  ["accession", (row) => row.accession],
  ["order_number", (row) => row.orderNumber],
  ["patient_ref", (row) => row.patientRef && `\\x${row.patientRef.toString("hex")}`],
  ["error_text", (row) => row.errorText],
  ["replay_of", (row) => row.replayOf],
  ["interface_revision", (row) => row.interfaceRevision],
  ["observed_seq", (row) => row.observedSeq],
  ["body_digest", (row) => row.bodyDigest],
];

/** Rows in COPY's text format, in pieces of about a mebibyte. */
export function copyChunks(rows: readonly DeliveryRow[]): readonly Buffer[] {
  const chunks: Buffer[] = [];
  let text = "";
  for (const row of rows) {
    text += `${fields.map(([, value]) => escapeField(value(row))).join("\t")}\n`;
    if (text.length < 1024 ** 2) continue;
    chunks.push(Buffer.from(text));
    text = "";
  }
  return [...chunks, Buffer.from(text)];
}

/** Text COPY on one new connection; resolves after COMMIT. */
export async function copyInto(url: string, chunks: readonly Buffer[]): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: "-c timezone=UTC" });
  await client.connect();
  try {
    const columns = fields.map(([name]) => name).join(", ");
    const sink = client.query(copyFrom(`COPY signal.delivery (${columns}) FROM STDIN`));
    await pipeline(Readable.from(chunks, { objectMode: false }), sink);
  } finally {
    await client.end();
  }
}

function instant(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

function escapeField(value: string | number | boolean | undefined): string {
  if (value === undefined) return "\\N";
  const text = String(value);
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character)
    : text;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
