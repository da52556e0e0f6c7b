import type { Reach } from "@/lib/core/authz/policy";
import type { Criticality } from "@/lib/core/interface/signs";
import type { Direction } from "@/lib/core/message/outcome";
import { database } from "./client";
import { COUNTED_ONLY } from "./counted-only";
import { KNOWN_FROM } from "./known-from";
import { isWithinReach, reachValue } from "./within-reach";

/** An interface with what the engine and people say of it, and the source it belongs to. */
export type InterfaceRecord = {
  readonly interfaceId: number;
  readonly externalId: string;
  readonly name: string;
  readonly sender: string | null;
  readonly receivers: readonly string[];
  readonly messageClass: string | null;
  readonly department: string | null;
  readonly owner: string | null;
  readonly criticality: Criticality;
  /** The engine's word for the channel's state. */
  readonly state: string | null;
  readonly revision: number | null;
  /** Names of the custom columns that the engine keeps for each message of this channel. */
  readonly columns: readonly string[];
  /** As a person confirmed it; parsed by whoever needs it. */
  readonly columnMapping: unknown;
  /** From here on everything is known. */
  readonly knownFrom: Date;
  /** Set while older messages are still being read. */
  readonly completeBackTo: Date | null;
  /** The engine counts messages of which not one has come in. */
  readonly isCountedOnly: boolean;
  readonly isRemoved: boolean;
  readonly sourceId: number;
  readonly source: string;
  readonly sourceKind: string;
  readonly isPaused: boolean;
  /** Since when the source cannot be seen; null while it answers. */
  readonly unseenSince: Date | null;
  readonly legs: readonly LegRecord[];
};

export type LegRecord = {
  readonly legId: number;
  readonly externalId: string;
  readonly name: string;
  readonly direction: Direction;
  readonly ordinal: number;
  readonly state: string | null;
  readonly isRemoved: boolean;
  /** Newest values of its gauges; null where the source never gave one. */
  readonly queueDepth: number | null;
  readonly headAgeMs: number | null;
  /** When headAgeMs was measured. */
  readonly headAgeAt: string | null;
  /** The engine's own counters, since somebody last cleared them there; null where the source tells none. */
  readonly counters: LegCounters | null;
};

/** Messages by the engine's count as of `at`; null where it never told that one. */
export type LegCounters = {
  readonly at: string;
  readonly received: number | null;
  readonly filtered: number | null;
  readonly sent: number | null;
  readonly error: number | null;
};

/** The interfaces within reach that exist now, by name, with their legs in the engine's order. One statement, a few hundred rows. */
export async function readInterfaces(reach: Reach): Promise<readonly InterfaceRecord[]> {
  const { rows } = await database().pool.query<InterfaceRecord>({
    name: "interfaces",
    text: `${SELECT} WHERE i.removed_at IS NULL AND s.removed_at IS NULL AND ${isWithinReach("$1")} ORDER BY i.name, i.id`,
    values: [reachValue(reach)],
  });
  return rows;
}

/** One interface, removed or not; undefined when there never was one, or when it is out of reach. */
export async function readInterface(interfaceId: number, reach: Reach): Promise<InterfaceRecord | undefined> {
  const { rows } = await database().pool.query<InterfaceRecord>(
    `${SELECT} WHERE i.id = $1 AND ${isWithinReach("$2")}`,
    [interfaceId, reachValue(reach)],
  );
  return rows[0];
}

/** There is one row a gauge. */
function newest(metric: string): string {
  return `max(n.value) FILTER (WHERE n.metric = '${metric}')`;
}

const SELECT = `
SELECT i.id AS "interfaceId", i.external_id AS "externalId", i.name, i.sender, i.receivers,
  i.message_class AS "messageClass", i.department, i.owner, i.criticality, i.state, i.revision, i.columns,
  i.column_mapping AS "columnMapping", ${KNOWN_FROM} AS "knownFrom",
  i.complete_back_to AS "completeBackTo", i.removed_at IS NOT NULL AS "isRemoved",
  s.id AS "sourceId", s.name AS source, s.kind AS "sourceKind", s.paused_at IS NOT NULL AS "isPaused",
  (SELECT min(u.from_at) FROM signal.unknown_interval u
   WHERE u.source_id = s.id AND u.leg_id = 0 AND u.to_at IS NULL) AS "unseenSince",
  coalesce((
    SELECT json_agg(json_build_object(
      'legId', l.id, 'externalId', l.external_id, 'name', l.name, 'direction', l.direction, 'ordinal', l.ordinal,
      'state', l.state, 'isRemoved', l.removed_at IS NOT NULL,
      'queueDepth', g.depth, 'headAgeMs', g.head_age, 'headAgeAt', g.head_age_at, 'counters',
      CASE WHEN g.counted_at IS NOT NULL THEN json_build_object('at', g.counted_at, 'received', g.received,
        'filtered', g.filtered, 'sent', g.sent, 'error', g.error) END) ORDER BY l.ordinal, l.id)
    FROM public.leg l
    CROSS JOIN LATERAL (
      SELECT ${newest("queueDepth")} AS depth, ${newest("headAgeMs")} AS head_age,
        max(n.at) FILTER (WHERE n.metric = 'headAgeMs') AS head_age_at,
        max(n.at) FILTER (WHERE n.metric = 'received') AS counted_at, ${newest("received")} AS received,
        ${newest("filtered")} AS filtered, ${newest("sent")} AS sent, ${newest("error")} AS error
      FROM signal.leg_now n WHERE n.leg_id = l.id
    ) g
    WHERE l.interface_id = i.id), '[]') AS legs, ${COUNTED_ONLY} AS "isCountedOnly"
FROM public.interface i
JOIN public.source s ON s.id = i.source_id`;
