import { AppError } from "@/lib/core/errors";
import { arrayLiteral } from "./array-literal";
import { database } from "./client";
import { deliveryColumns } from "./delivery-columns";
import type { DeliveryRow, DeliveryWriter, RowEffect } from "./delivery-row";
import { writeDeliveriesSql } from "./delivery-sql";
import { groupedWriter } from "./grouped-writer";
import { isRefusedValue } from "./is-refused-value";
import { withPartitions } from "./partitions";
import { withRetry } from "./with-retry";

/** By one prepared statement a batch. */
const statementWriter: DeliveryWriter = {
  write: async (rows) => {
    const effects: RowEffect[] = new Array<RowEffect>(rows.length).fill("created");
    for (const round of roundsOf(rows)) {
      const written = await writeRound(round.map(({ row }) => row));
      if (written.createdCount === round.length) continue;
      await settleRound({ round, written, effects });
    }
    return effects;
  },
};

/** Writes to the database of this process; what comes at the same time is written together. */
export const deliveryWriter = groupedWriter({ inner: statementWriter, mayBeOneRow: isRefusedValue });

/** Fills in the effects of a round in which not every row was new. */
async function settleRound(from: {
  readonly round: readonly Place[];
  readonly written: Written;
  readonly effects: RowEffect[];
}): Promise<void> {
  const touched = new Map(
    rowEffectsOf(from.written.answer).flatMap(([ids, effect]) =>
      ids.map((id): [string, RowEffect] => [id, effect]),
    ),
  );
  const untouched = from.round.filter(({ row }) => !touched.has(row.id)).map(({ row }) => row);
  const settled = await classifyUntouched(untouched);
  for (const { row, index } of from.round) {
    from.effects[index] = touched.get(row.id) ?? effectOf(settled, row);
  }
}

type Place = { readonly row: DeliveryRow; readonly index: number };

/**
 * Rows sorted as every writer sorts them, in as few statements as possible: ids are unique within one, because the
 * answer names rows by id alone. Only a re-send under another receive time needs a second.
 */
function roundsOf(rows: readonly DeliveryRow[]): readonly (readonly Place[])[] {
  const rounds: { readonly ids: Set<string>; readonly places: Place[] }[] = [];
  rows.forEach((row, index) => {
    let round = rounds.find(({ ids }) => !ids.has(row.id));
    if (round === undefined) {
      round = { ids: new Set(), places: [] };
      rounds.push(round);
    }
    round.ids.add(row.id);
    round.places.push({ row, index });
  });
  return rounds.map(({ places }) => places.sort((a, b) => compareRows(a.row, b.row)));
}

function compareRows(a: DeliveryRow, b: DeliveryRow): number {
  return a.legId - b.legId || a.receivedMs - b.receivedMs || (a.id < b.id ? -1 : 1);
}

type AnswerRow = {
  readonly created_count: number;
} & Readonly<Record<"created" | "changed" | "raised" | "moved", string | null>>;

type Written = { readonly createdCount: number; readonly answer: AnswerRow | undefined };

let statement: string | undefined;

async function writeRound(rows: readonly DeliveryRow[]): Promise<Written> {
  statement ??= writeDeliveriesSql();
  const values = deliveryColumns.map(({ element }) => arrayLiteral(rows, element));
  const query = { name: "write-deliveries", text: statement, values };
  const need = {
    tables: ["delivery", "rollup_minute"],
    instantsMs: rows.map((row) => row.receivedMs),
  } as const;
  const { rows: answers } = await withPartitions(need, () =>
    withRetry(() => database().pool.query<AnswerRow>(query)),
  );
  return { createdCount: answers[0]?.created_count ?? 0, answer: answers[0] };
}

function rowEffectsOf(answer: AnswerRow | undefined): readonly (readonly [readonly string[], RowEffect])[] {
  const ids = (text: string | null | undefined) => text?.split(",") ?? [];
  return [
    [ids(answer?.created), "created"],
    [ids(answer?.changed), "updated"],
    [ids(answer?.raised), "duplicate"],
    [ids(answer?.moved), "conflict"],
  ];
}

type Stored = { readonly seq: number; readonly bodyDigest: number };

/** What is stored for rows that the statement left alone: known before, and not by a lower observation. */
async function classifyUntouched(rows: readonly DeliveryRow[]): Promise<ReadonlyMap<string, Stored>> {
  if (rows.length === 0) return new Map();
  const { rows: stored } = await database().pool.query<{ id: string; seq: string; body_digest: string }>({
    name: "classify-deliveries",
    text: `SELECT d.id::text, d.observed_seq::text AS seq, d.body_digest::text
      FROM unnest($1::int4[], $2::float8[], $3::int8[]) AS n(leg_id, received_ms, id)
      JOIN signal.delivery d
        ON d.leg_id = n.leg_id AND d.received_at = to_timestamp(n.received_ms / 1000)::timestamptz(3) AND d.id = n.id`,
    values: [
      arrayLiteral(rows, (row) => row.legId),
      arrayLiteral(rows, (row) => row.receivedMs),
      arrayLiteral(rows, (row) => row.id),
    ],
  });
  return new Map(
    stored.map((row) => [row.id, { seq: Number(row.seq), bodyDigest: Number(row.body_digest) }]),
  );
}

function effectOf(stored: ReadonlyMap<string, Stored>, row: DeliveryRow): RowEffect {
  const known = stored.get(row.id);
  if (known === undefined) throw new AppError("internal", "A delivery was neither stored nor found.");
  if (known.bodyDigest === row.bodyDigest) return "duplicate";
  return known.seq === row.observedSeq ? "conflict" : "stale";
}
