import { database } from "./client";

/**
 * What decides how a session stands and what it may do, as one text each: the end of the session and of its account, its
 * second factor, roles and the rule for administrators. Whatever of it changes, the text does. By the session's key in hex;
 * one that is gone, or has another key now, is missing. One statement for all that are asked, by primary key.
 */
export async function readSessionMarks(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database().pool.query<{ key: string; mark: string }>(
    `SELECT encode(s.token_hash, 'hex') AS key,
            concat_ws('|', 's' || s.ended_at, 'u' || u.disabled_at, 'f' || s.mfa_passed_at,
              (SELECT string_agg(g.role || '/' || coalesce(g.department, ''), ',' ORDER BY g.role, g.department)
                 FROM public.role_grant g WHERE g.user_id = u.id),
              (SELECT r.value::text FROM public.setting r WHERE r.key = 'administratorsByPasskey')) AS mark
       FROM public.session s JOIN public."user" u ON u.id = s.user_id
      WHERE s.token_hash = ANY (SELECT decode(k, 'hex') FROM unnest($1::text[]) k)`,
    [keys],
  );
  return new Map(rows.map(({ key, mark }) => [key, mark]));
}
