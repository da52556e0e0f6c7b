import { z } from "zod";
import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { channelAddressSchema, channelNameSchema } from "@/lib/core/notice/schema";
import { type ChannelRecord, findChannel, listChannels, removeChannelRow } from "@/lib/db/notice-channels";
import { command } from "@/lib/services/command";
import { query } from "@/lib/services/query";
import { newChannel } from "./new-channel";
import { sendTest } from "./send-test";

/** What people may enter for themselves: nothing that leads to a machine of the network. */
const ownAddress = channelAddressSchema.refine(({ kind }) => kind === "email" || kind === "pagerduty");

/** How I am told. Input: {}. @throws AppError forbidden */
export const listOwnChannels = query({
  permission: "on-call.read",
  input: z.object({}),
  disclosesPhi: false,
  run: ({ actor }): Promise<readonly ChannelRecord[]> =>
    listChannels({ userIds: [actorId(actor)], teamIds: [] }),
});

/**
 * Adds a way in which I am told, by e-mail or PagerDuty. Input: { name, address }.
 * @throws AppError forbidden | bad_request | step_up_required
 */
export const addOwnChannel = command({
  permission: "on-call.read",
  stepUp: true,
  input: z.object({ name: channelNameSchema, address: ownAddress }),
  run: async ({ tx, actor, input, now }) => {
    const { address } = input;
    // Everybody's PagerDuty is at one address: another could be any machine.
    const url = "https://events.pagerduty.com/v2/enqueue";
    const isElsewhere = address.kind === "pagerduty" && address.url !== url;
    if (isElsewhere) throw new AppError("forbidden", "Only a team can have a PagerDuty elsewhere.");
    const by = actorId(actor);
    return { id: await newChannel(tx, { ...input, userId: by, by, now }) };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "notice-channel",
    entityId: result.id,
    detail: { kind: input.address.kind },
  }),
});

/** Takes one of mine away. Input: { id }. @throws AppError forbidden | not_found */
export const removeOwnChannel = command({
  permission: "on-call.read",
  input: z.object({ id: z.uuid() }),
  run: async ({ tx, actor, input, now }) => {
    await requireOwn(input.id, actorId(actor));
    await removeChannelRow(tx, { id: input.id, now });
  },
  audit: ({ input }) => ({ action: "D", entityType: "notice-channel", entityId: input.id }),
});

/**
 * Sends a test the way that every notice goes, through one of my channels or to the address of my account.
 * Input: { id? }. @throws AppError forbidden | not_found
 */
export const testOwnChannel = command({
  permission: "on-call.read",
  input: z.object({ id: z.uuid().optional() }),
  run: async ({ tx, actor, input, now }) => {
    const userId = actorId(actor);
    if (input.id !== undefined) await requireOwn(input.id, userId);
    await sendTest(tx, { recipient: { channelId: input.id, userId, teamId: undefined }, now });
  },
  audit: ({ input }) => ({
    action: "E",
    entityType: "notice-channel",
    entityId: input.id ?? "account",
    detail: { what: "test" },
  }),
});

async function requireOwn(id: string, userId: string): Promise<void> {
  const channel = await findChannel(id);
  if (channel?.userId !== userId) throw new AppError("not_found", "There is no such channel.");
}
