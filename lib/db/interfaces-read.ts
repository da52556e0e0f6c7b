import type { Criticality } from "@/lib/core/interface/signs";
import type { Direction } from "@/lib/core/message/outcome";
import { database } from "./client";

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
};

/** All interfaces that exist now, by name, with their legs in the engine's order. One statement, a few hundred rows. */
export async function readInterfaces(): Promise<readonly InterfaceRecord[]> {
  const { rows } = await database().pool.query<InterfaceRecord>({
    name: "interfaces",
    text: `${SELECT} WHERE i.removed_at IS NULL AND s.removed_at IS NULL ORDER BY i.name, i.id`,
    values: [],
  });
  return rows;
}

/** One interface, removed or not; undefined when there never was one. */
export async function readInterface(interfaceId: number): Promise<InterfaceRecord | undefined> {
  const { rows } = await database().pool.query<InterfaceRecord>(`${SELECT} WHERE i.id = $1`, [interfaceId]);
  return rows[0];
}

const SELECT = `
SELECT i.id AS "interfaceId", i.external_id AS "externalId", i.name, i.sender, i.receivers,
  i.message_class AS "messageClass", i.department, i.owner, i.criticality, i.state, i.revision, i.columns,
  i.column_mapping AS "columnMapping", least(i.first_seen_at, i.complete_back_to) AS "knownFrom",
  i.complete_back_to AS "completeBackTo", i.removed_at IS NOT NULL AS "isRemoved",
  s.id AS "sourceId", s.name AS source, s.kind AS "sourceKind", s.paused_at IS NOT NULL AS "isPaused",
  (SELECT min(u.from_at) FROM signal.unknown_interval u
   WHERE u.source_id = s.id AND u.leg_id = 0 AND u.to_at IS NULL) AS "unseenSince",
  coalesce((
    SELECT json_agg(json_build_object(
      'legId', l.id, 'externalId', l.external_id, 'name', l.name, 'direction', l.direction, 'ordinal', l.ordinal,
      'state', l.state, 'isRemoved', l.removed_at IS NOT NULL,
      'queueDepth', depth.value, 'headAgeMs', age.value, 'headAgeAt', age.at) ORDER BY l.ordinal, l.id)
    FROM public.leg l
    LEFT JOIN signal.leg_now depth ON depth.leg_id = l.id AND depth.metric = 'queueDepth'
    LEFT JOIN signal.leg_now age ON age.leg_id = l.id AND age.metric = 'headAgeMs'
    WHERE l.interface_id = i.id), '[]') AS legs
FROM public.interface i
JOIN public.source s ON s.id = i.source_id`;
