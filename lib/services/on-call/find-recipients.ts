import type { Found } from "@/lib/core/notice/escalation";
import { onCallAt } from "@/lib/core/notice/on-call";
import type { Target } from "@/lib/core/notice/schema";
import { type ChannelRecord, listChannels, recipientsAmong } from "@/lib/db/notice-channels";
import type { Recipient } from "@/lib/db/notice-deliveries";
import { findCallable, listShifts, listTeamRows, type ShiftRecord, type TeamRecord } from "@/lib/db/on-call";

/** Finds whom targets lead to at one instant: everything is read once, then asked as often as there are steps. */
export type FindRecipients = (targets: readonly Target[]) => Found<Recipient>;

/**
 * Reads who is on call at an instant, and how they are told. Somebody who cannot sign in any more is nobody; a team is
 * answered by whoever is on call in it, or by a PagerDuty of its own, which keeps a rota itself.
 */
export async function readRecipients(at: Date, targets: readonly Target[]): Promise<FindRecipients> {
  const teams = await listTeamRows();
  const teamIds = teamsAmong(teams, targets);
  const shifts = await listShifts({ teamIds, from: at, to: new Date(at.getTime() + 1) });
  const named = targets.flatMap((target) => (target.kind === "person" ? [target.id] : []));
  const userIds = await findCallable({ ids: [...named, ...shifts.map(({ userId }) => userId)] });
  const channels = await listChannels({ userIds, teamIds });
  return (asked) => findAmong({ at, targets: asked, teams, shifts, userIds, channels });
}

function teamsAmong(teams: readonly TeamRecord[], targets: readonly Target[]): readonly string[] {
  const isMeant = (team: TeamRecord) =>
    targets.some((target) =>
      target.kind === "department"
        ? team.department === target.name
        : target.kind === "team" && target.id === team.id,
    );
  return teams.filter(isMeant).map(({ id }) => id);
}

function findAmong(known: {
  readonly at: Date;
  readonly targets: readonly Target[];
  readonly teams: readonly TeamRecord[];
  readonly shifts: readonly ShiftRecord[];
  readonly userIds: readonly string[];
  readonly channels: readonly ChannelRecord[];
}): Found<Recipient> {
  const { at, targets, teams, shifts, userIds, channels } = known;
  const teamIds = teamsAmong(teams, targets);
  const named = targets.flatMap((target) => (target.kind === "person" ? [target.id] : []));
  const onCall = teamIds.flatMap((id) =>
    onCallAt(
      shifts.filter(({ teamId }) => teamId === id),
      at,
    ),
  );
  const people = [...new Set([...named, ...onCall])].filter((id) => userIds.includes(id));
  const hasService = channels.some(
    ({ kind, teamId }) => kind === "pagerduty" && teamId !== undefined && teamIds.includes(teamId),
  );
  return {
    recipients: recipientsAmong(channels, { userIds: people, teamIds }),
    hasAnswerer: people.length > 0 || hasService,
  };
}
