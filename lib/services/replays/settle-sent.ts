import { z } from "zod";
import type { Actor } from "@/lib/core/authz/actor";
import { replayIdSchema } from "@/lib/core/replay/schema";
import { stepRun } from "@/lib/core/replay/states";
import { lockApproval } from "@/lib/db/approvals";
import { releaseItems } from "@/lib/db/replay-items";
import { listAbandoned, listReadBack, type ReadBack, settleItem } from "@/lib/db/replay-sending";
import { listReplaysIn, lockReplay, moveReplay } from "@/lib/db/replays";
import { inTransaction } from "@/lib/db/transaction";
import { command } from "@/lib/services/command";

const worker: Actor = { kind: "system", name: "run-replays" };

/** A call to an engine takes a third of this at most: whoever made it is gone. */
const SENDING_MS = 60_000;
/** The engine took it over, and its new message is nowhere to be read. */
const ACCEPTED_MS = 600_000;

/**
 * Settles what is underway by what was read from the engines since, calls unclear what nobody knows of any more, and gives up
 * runs that a second person did not approve.
 */
export async function settleSent(): Promise<void> {
  for (const back of await listReadBack()) await noteReadBack(worker, { id: back.replayId, back });
  for (const { replayId, position } of await listAbandoned({
    sendingMs: SENDING_MS,
    acceptedMs: ACCEPTED_MS,
  })) {
    await noteUnclear(worker, { id: replayId, position });
  }
  for (const { id, approvalId } of await listReplaysIn(["waiting"])) {
    if (approvalId !== null && (await isRefused(approvalId))) await giveUp(worker, { id });
  }
}

const noteReadBack = command({
  permission: "replay.request",
  input: replayIdSchema.extend({ back: z.custom<ReadBack>() }),
  run: async ({ tx, input: { back } }) => {
    const { replayId, position, state, trouble, messageId, receivedAt, deliveryId } = back;
    await settleItem(tx, {
      ...{ replayId, position, state },
      from: ["sending", "accepted", "unclear"],
      trouble: trouble ?? undefined,
      result: { messageId, receivedAt, deliveryId },
    });
  },
  audit: ({ input: { id, back } }) => ({
    action: "U",
    entityType: "replay",
    entityId: id,
    detail: { readBack: back.position, became: back.state },
  }),
});

const noteUnclear = command({
  permission: "replay.request",
  input: replayIdSchema.extend({ position: z.int() }),
  run: async ({ tx, input: { id, position } }) => {
    const from = ["sending", "accepted"] as const;
    await settleItem(tx, { replayId: id, position, from, state: "unclear", trouble: "no_word" });
  },
  audit: ({ input: { id, position } }) => ({
    action: "U",
    entityType: "replay",
    entityId: id,
    detail: { unclear: position },
  }),
});

const giveUp = command({
  permission: "replay.request",
  input: replayIdSchema,
  run: async ({ tx, input: { id } }) => {
    const run = await lockReplay(tx, { id, reach: "all" });
    const state = run && stepRun(run.state, "refuse");
    if (state === undefined) return;
    await moveReplay(tx, { id, state });
    await releaseItems(tx, id);
  },
  audit: ({ input: { id } }) => ({
    action: "U",
    entityType: "replay",
    entityId: id,
    detail: { step: "refuse" },
  }),
});

async function isRefused(approvalId: string): Promise<boolean> {
  const approval = await inTransaction((tx) => lockApproval(tx, approvalId));
  return approval?.outcome !== undefined && approval.outcome !== "approved";
}
