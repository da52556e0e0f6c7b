import { z } from "zod";
import { can, isWithin } from "@/lib/core/authz/policy";
import { checkRota, onCallAt, type RotaTrouble } from "@/lib/core/notice/on-call";
import { type ChannelRecord, listChannels } from "@/lib/db/notice-channels";
import { listCallable, listShifts, listTeamRows, type ShiftRecord, type TeamRecord } from "@/lib/db/on-call";
import { query } from "@/lib/services/query";

const AHEAD_MS = 14 * 86_400_000;

export type Person = { readonly id: string; readonly name: string };
export type PlannedShift = Pick<ShiftRecord, "id" | "from" | "until" | "isOverride"> & {
  readonly person: string;
};
export type TeamView = TeamRecord & {
  /** Names of who is on call now. */
  readonly now: readonly string[];
  readonly shifts: readonly PlannedShift[];
  /** Of the next 14 days. */
  readonly trouble: RotaTrouble;
  readonly channels: readonly ChannelRecord[];
  readonly mayWrite: boolean;
};
export type OnCallView = { readonly teams: readonly TeamView[]; readonly people: readonly Person[] };

/**
 * Who is on call now, and where the next 14 days have gaps; of one's own departments, and of teams that are nobody's.
 * Input: {}. @throws AppError forbidden
 */
export const readOnCall = query({
  permission: "on-call.read",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({ actor, now, reach }): Promise<OnCallView> => {
    const seen = (team: TeamRecord) => team.department === undefined || isWithin(reach, team.department);
    const teams = (await listTeamRows()).filter(seen);
    const teamIds = teams.map(({ id }) => id);
    const range = { from: now, to: new Date(now.getTime() + AHEAD_MS) };
    const [shifts, channels, people] = await Promise.all([
      listShifts({ teamIds, ...range }),
      listChannels({ userIds: [], teamIds }),
      listCallable(),
    ]);
    const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? "somebody who cannot sign in";
    const views = teams.map((team) => {
      const own = shifts.filter(({ teamId }) => teamId === team.id);
      return {
        ...team,
        now: onCallAt(own, now).map(nameOf),
        shifts: own.map(({ userId, ...shift }) => ({ ...shift, person: nameOf(userId) })),
        trouble: checkRota(own, range),
        channels: channels.filter(({ teamId }) => teamId === team.id),
        mayWrite: can(actor, "on-call.write", { department: team.department ?? null }),
      };
    });
    return { teams: views, people: people.map(({ id, name }) => ({ id, name })) };
  },
});
