import { database } from "./client";

/** What happens at a source besides polling. */
export type SourceActivity = {
  readonly openDeadLetters: number;
  /** When one of its tokens was last used, to the minute; undefined = never. */
  readonly lastPushAt: Date | undefined;
};

/** By source id; a source that is missing has neither. Open letters by dead_letter_open. */
export async function readSourceActivity(): Promise<ReadonlyMap<number, SourceActivity>> {
  const { rows } = await database().pool.query<{ id: number; letters: number; used: Date | null }>(
    `SELECT s.id, coalesce(l.letters, 0)::int AS letters, t.used
     FROM public.source s
     LEFT JOIN (SELECT source_id, count(*) AS letters FROM signal.dead_letter WHERE state = 'open' GROUP BY 1) l
       ON l.source_id = s.id
     LEFT JOIN (SELECT source_id, max(last_used_at) AS used FROM public.access_token GROUP BY 1) t ON t.source_id = s.id`,
  );
  return new Map(
    rows.map(({ id, letters, used }) => [id, { openDeadLetters: letters, lastPushAt: used ?? undefined }]),
  );
}
