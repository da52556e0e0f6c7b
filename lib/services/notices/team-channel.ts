import { z } from "zod";
import { actorId } from "@/lib/core/authz/actor";
import type { Reach } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { channelAddressSchema, channelNameSchema } from "@/lib/core/notice/schema";
import { findChannel, removeChannelRow } from "@/lib/db/notice-channels";
import { command } from "@/lib/services/command";
import { teamInReach } from "@/lib/services/on-call/team-in-reach";
import { newChannel } from "./new-channel";
import { sendTest } from "./send-test";

/**
 * Adds a way in which a team is told. Input: { teamId, name, address }.
 * @throws AppError forbidden | bad_request | not_found | step_up_required
 */
export const addTeamChannel = command({
  permission: "on-call.write",
  stepUp: true,
  input: z.object({ teamId: z.uuid(), name: channelNameSchema, address: channelAddressSchema }),
  run: async ({ tx, actor, input, now, reach }) => {
    await teamInReach(input.teamId, reach);
    return { id: await newChannel(tx, { ...input, by: actorId(actor), now }) };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "notice-channel",
    entityId: result.id,
    detail: { kind: input.address.kind, team: input.teamId },
  }),
});

/** Takes one away. Input: { id }. @throws AppError forbidden | not_found */
export const removeTeamChannel = command({
  permission: "on-call.write",
  input: z.object({ id: z.uuid() }),
  run: async ({ tx, input, now, reach }) => {
    await requireInReach(input.id, reach);
    await removeChannelRow(tx, { id: input.id, now });
  },
  audit: ({ input }) => ({ action: "D", entityType: "notice-channel", entityId: input.id }),
});

/** Sends a test through one. Input: { id }. @throws AppError forbidden | not_found */
export const testTeamChannel = command({
  permission: "on-call.write",
  input: z.object({ id: z.uuid() }),
  run: async ({ tx, input, now, reach }) => {
    const teamId = await requireInReach(input.id, reach);
    await sendTest(tx, { recipient: { channelId: input.id, userId: undefined, teamId }, now });
  },
  audit: ({ input }) => ({
    action: "E",
    entityType: "notice-channel",
    entityId: input.id,
    detail: { what: "test" },
  }),
});

async function requireInReach(id: string, reach: Reach): Promise<string> {
  const teamId = (await findChannel(id))?.teamId;
  if (teamId === undefined) throw new AppError("not_found", "There is no such channel.");
  await teamInReach(teamId, reach);
  return teamId;
}
