import type { Shift } from "@/lib/core/notice/on-call";
import { database } from "./client";
import type { Transaction } from "./transaction";

export type TeamRecord = {
  readonly id: string;
  readonly name: string;
  readonly department: string | undefined;
  readonly zone: string;
};

export type ShiftRecord = Shift & { readonly id: string; readonly teamId: string };

type TeamRow = Omit<TeamRecord, "department"> & { readonly department: string | null };

/** Every team, by name. */
export async function listTeamRows(): Promise<readonly TeamRecord[]> {
  const { rows } = await database().pool.query<TeamRow>(
    "SELECT id::text, name, department, zone FROM signal.on_call_team WHERE removed_at IS NULL ORDER BY lower(name) LIMIT 500",
  );
  return rows.map((row) => ({ ...row, department: row.department ?? undefined }));
}

/** Adds a team or changes one. False where there is none to change, or another has the name. */
export async function saveTeamRow(
  tx: Transaction,
  save: TeamRecord & { readonly isNew: boolean; readonly by: string; readonly now: Date },
): Promise<boolean> {
  const { id, name, department = null, zone, by, now } = save;
  const taken = await tx.$queryRaw<readonly unknown[]>`
    SELECT FROM signal.on_call_team WHERE lower(name) = lower(${name}) AND id <> ${id}::uuid AND removed_at IS NULL`;
  if (taken.length > 0) return false;
  const written = save.isNew
    ? await tx.$executeRaw`INSERT INTO signal.on_call_team (id, name, department, zone, changed_at, changed_by)
        VALUES (${id}::uuid, ${name}, ${department}, ${zone}, ${now}, ${by})`
    : await tx.$executeRaw`UPDATE signal.on_call_team SET name = ${name}, department = ${department}, zone = ${zone},
        changed_at = ${now}, changed_by = ${by} WHERE id = ${id}::uuid AND removed_at IS NULL`;
  return written === 1;
}

export async function removeTeamRow(
  tx: Transaction,
  which: { readonly id: string; readonly by: string; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`UPDATE signal.on_call_team SET removed_at = ${which.now}, changed_at = ${which.now},
    changed_by = ${which.by} WHERE id = ${which.id}::uuid AND removed_at IS NULL`;
}

/** The shifts of some teams that touch a range, in their order. Index on_call_shift_team. */
export async function listShifts(ask: {
  readonly teamIds: readonly string[];
  readonly from: Date;
  readonly to: Date;
}): Promise<readonly ShiftRecord[]> {
  const { rows } = await database().pool.query<ShiftRecord>(
    `SELECT id::text, team_id::text AS "teamId", user_id::text AS "userId", from_at AS "from", until_at AS until,
       is_override AS "isOverride"
     FROM signal.on_call_shift WHERE team_id = ANY ($1::uuid[]) AND until_at > $2 AND from_at < $3
     ORDER BY from_at, id LIMIT 5000`,
    [[...ask.teamIds], ask.from, ask.to],
  );
  return rows;
}

/** Adds shifts of a team. */
export async function insertShifts(
  tx: Transaction,
  add: {
    readonly teamId: string;
    readonly shifts: readonly Shift[];
    readonly by: string;
    readonly now: Date;
  },
): Promise<number> {
  const { teamId, shifts, by, now } = add;
  return tx.$executeRaw`
    INSERT INTO signal.on_call_shift (id, team_id, user_id, from_at, until_at, is_override, created_at, created_by)
    SELECT gen_random_uuid(), ${teamId}::uuid, person, from_at, until_at, is_override, ${now}, ${by}
    FROM unnest(${shifts.map(({ userId }) => userId)}::uuid[], ${shifts.map(({ from }) => from)}::timestamptz[],
      ${shifts.map(({ until }) => until)}::timestamptz[], ${shifts.map(({ isOverride }) => isOverride)}::boolean[])
      AS s (person, from_at, until_at, is_override)`;
}

/** The team of a shift that was taken away; undefined when there is none. */
export async function removeShiftRow(tx: Transaction, id: string): Promise<ShiftRecord | undefined> {
  const rows = await tx.$queryRaw<readonly ShiftRecord[]>`
    DELETE FROM signal.on_call_shift WHERE id = ${id}::uuid
    RETURNING id::text, team_id::text AS "teamId", user_id::text AS "userId", from_at AS "from", until_at AS until,
      is_override AS "isOverride"`;
  return rows[0];
}

/** People who can sign in, by name: who may be put on call. */
export async function listCallable(): Promise<
  readonly { readonly id: string; readonly name: string; readonly email: string }[]
> {
  return database().prisma.user.findMany({
    where: { disabledAt: null, joinedAt: { not: null } },
    select: { id: true, name: true, email: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
}

/** Those of some people who can still sign in, or whoever holds a role everywhere. */
export async function findCallable(
  of: { readonly ids: readonly string[] } | { readonly role: string },
): Promise<readonly string[]> {
  const who =
    "role" in of ? { grants: { some: { role: of.role, department: null } } } : { id: { in: [...of.ids] } };
  const rows = await database().prisma.user.findMany({
    where: { disabledAt: null, joinedAt: { not: null }, ...who },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return rows.map(({ id }) => id);
}
