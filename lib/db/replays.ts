import type { Reach } from "@/lib/core/authz/policy";
import type { StopCause } from "@/lib/core/replay/decide";
import type { RunState } from "@/lib/core/replay/states";
import { database } from "./client";
import type { Transaction } from "./transaction";
import { isLegWithinReach, reachValue } from "./within-reach";

export type ReplayRun = {
  readonly id: string;
  readonly sourceId: number;
  readonly state: RunState;
  readonly version: number;
  readonly requestedBy: string;
  readonly requesterName: string | null;
  readonly requestedAt: Date;
  readonly reason: string | null;
  readonly ticket: string | null;
  readonly perMinute: number;
  readonly stopAfter: number;
  readonly approvalId: string | null;
  readonly runningSince: Date | null;
  readonly stopCause: StopCause | null;
  readonly endedAt: Date | null;
};

const COLUMNS = `r.id::text, r.source_id AS "sourceId", r.state, r.version, r.requested_by::text AS "requestedBy",
  u.name AS "requesterName", r.requested_at AS "requestedAt", r.reason, r.ticket, r.per_minute AS "perMinute",
  r.stop_after AS "stopAfter", r.approval_id::text AS "approvalId", r.running_since AS "runningSince",
  r.stop_cause AS "stopCause", r.ended_at AS "endedAt"`;
const FROM = 'FROM signal.replay r LEFT JOIN public."user" u ON u.id = r.requested_by';

/** A run is within reach when every message of it is. */
const isRunWithinReach = (parameter: string) => `(${parameter}::text[] IS NULL OR NOT EXISTS (
  SELECT FROM signal.replay_item x WHERE x.replay_id = r.id AND NOT ${isLegWithinReach("x.leg_id", parameter)}))`;

/** Begins a run. False where there is one of this id: asked for twice, it is there once. */
export async function insertReplay(
  tx: Transaction,
  run: Pick<ReplayRun, "id" | "sourceId" | "requestedBy" | "requestedAt">,
): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    INSERT INTO signal.replay (id, source_id, state, requested_by, requested_at)
    VALUES (${run.id}::uuid, ${run.sourceId}, 'drafted', ${run.requestedBy}::uuid, ${run.requestedAt})
    ON CONFLICT (id) DO NOTHING`;
  return inserted === 1;
}

/** A run within reach, locked to the end of the transaction: of two steps at once, one is first. */
export async function lockReplay(
  tx: Transaction,
  ask: { readonly id: string; readonly reach: Reach },
): Promise<ReplayRun | undefined> {
  const rows = await tx.$queryRawUnsafe<ReplayRun[]>(
    `SELECT ${COLUMNS} ${FROM} WHERE r.id = $1::uuid AND ${isRunWithinReach("$2")} FOR UPDATE OF r`,
    ask.id,
    reachValue(ask.reach),
  );
  return rows[0];
}

export async function findReplay(id: string, reach: Reach): Promise<ReplayRun | undefined> {
  const { rows } = await database().pool.query<ReplayRun>(
    `SELECT ${COLUMNS} ${FROM} WHERE r.id = $1::uuid AND ${isRunWithinReach("$2")}`,
    [id, reachValue(reach)],
  );
  return rows[0];
}

/** Runs in some states, oldest first: for whoever carries them out. Index replay_open. */
export async function listReplaysIn(states: readonly RunState[]): Promise<readonly ReplayRun[]> {
  const { rows } = await database().pool.query<ReplayRun>(
    `SELECT ${COLUMNS} ${FROM} WHERE r.ended_at IS NULL AND r.state = ANY ($1) ORDER BY r.requested_at, r.id`,
    [[...states]],
  );
  return rows;
}

export type ReplayLine = ReplayRun & {
  readonly sourceName: string | null;
  readonly messages: number;
  readonly delivered: number;
  readonly failed: number;
  readonly unclear: number;
};

/** Runs within reach, newest first, with what became of their messages. Index replay_newest. */
export async function listReplayLines(reach: Reach, limit: number): Promise<readonly ReplayLine[]> {
  const { rows } = await database().pool.query<ReplayLine>(
    `SELECT ${COLUMNS}, s.name AS "sourceName", n.messages, n.delivered, n.failed, n.unclear
     ${FROM} LEFT JOIN public.source s ON s.id = r.source_id
       CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE x.state <> 'left')::int AS messages,
         count(*) FILTER (WHERE x.state = 'delivered')::int AS delivered,
         count(*) FILTER (WHERE x.state = 'failed')::int AS failed,
         count(*) FILTER (WHERE x.state = 'unclear')::int AS unclear
         FROM signal.replay_item x WHERE x.replay_id = r.id) n
     WHERE ${isRunWithinReach("$1")} ORDER BY r.requested_at DESC, r.id LIMIT $2`,
    [reachValue(reach), limit],
  );
  return rows;
}

/** Puts a locked run into its next state. The database's clock says since when it runs. */
export async function moveReplay(
  tx: Transaction,
  to: {
    readonly id: string;
    readonly state: RunState;
    readonly stopCause?: StopCause | undefined;
    readonly approvalId?: string | undefined;
  },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE signal.replay SET state = ${to.state}, version = version + 1, stop_cause = ${to.stopCause ?? null},
      approval_id = coalesce(${to.approvalId ?? null}::uuid, approval_id),
      running_since = CASE WHEN ${to.state} = 'running' THEN now() ELSE running_since END,
      ended_at = CASE WHEN ${to.state} IN ('done', 'discarded') THEN now() END
    WHERE id = ${to.id}::uuid`;
}

export async function setReplayTerms(
  tx: Transaction,
  of: Pick<ReplayRun, "id" | "perMinute" | "stopAfter"> & {
    readonly reason: string;
    readonly ticket: string;
  },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE signal.replay SET reason = ${of.reason}, ticket = ${of.ticket === "" ? null : of.ticket},
      per_minute = ${of.perMinute}, stop_after = ${of.stopAfter} WHERE id = ${of.id}::uuid`;
}

/** Puts everything that begins to send in a row, to the end of the transaction: orders hold across runs. */
export async function lockSending(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signalbox.replay'))`;
}
