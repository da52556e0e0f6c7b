import { z } from "zod";
import type { ReplayAnswer } from "@/lib/connectors/connector";
import { findConnector } from "@/lib/connectors/registry";
import type { Actor } from "@/lib/core/authz/actor";
import type { Decision } from "@/lib/core/replay/decide";
import { replayIdSchema } from "@/lib/core/replay/schema";
import { stepRun } from "@/lib/core/replay/states";
import { readLegDirectory } from "@/lib/db/leg-directory";
import { listReplayItems, type ReplayItem, releaseItems } from "@/lib/db/replay-items";
import { beginSending, settleItem } from "@/lib/db/replay-sending";
import { lockReplay, lockSending, moveReplay, type ReplayRun } from "@/lib/db/replays";
import { findSourceRow } from "@/lib/db/sources";
import { inTransaction } from "@/lib/db/transaction";
import { command } from "@/lib/services/command";
import { contentIo } from "@/lib/services/messages/content-io";
import { decideNow } from "./decide-now";

const worker: Actor = { kind: "system", name: "run-replays" };

/** What was done on a run, and after how long it is to be looked at again. */
export type Advance = { readonly kind: "sent" } | { readonly kind: "idle"; readonly ms: number | undefined };

/**
 * Sends the next message of a running run, if one is due. That it is being sent is committed before the engine is asked, and
 * from there it is never sent again: a process that dies in between leaves it unclear.
 */
export async function sendNext(run: ReplayRun): Promise<Advance> {
  // Looked at first without a lock: waiting leaves no lines in the audit trail.
  const ahead = await inTransaction((tx) => decideNow(tx, run, new Date()));
  if (ahead.kind === "wait") return { kind: "idle", ms: ahead.ms };
  const decision = await takeNext(worker, { id: run.id });
  if (decision?.kind !== "send") return { kind: "idle", ms: undefined };
  const { position } = decision.item;
  const item = (await listReplayItems(run.id)).find((one) => one.position === position);
  const answer = item === undefined ? notReady : await send(run, item);
  await noteAnswer(worker, { id: run.id, position, answer });
  return { kind: "sent" };
}

const notReady: ReplayAnswer = { kind: "refused", trouble: "not_ready" };

/** Decides again under the lock of all senders, and commits what is about to happen. */
const takeNext = command({
  permission: "replay.request",
  input: replayIdSchema,
  run: async ({ tx, input: { id }, now }): Promise<Decision<{ readonly position: number }> | undefined> => {
    await lockSending(tx);
    const run = await lockReplay(tx, { id, reach: "all" });
    if (run?.state !== "running") return undefined;
    const decision = await decideNow(tx, run, now);
    switch (decision.kind) {
      case "send":
        return (await beginSending(tx, { replayId: id, position: decision.item.position }))
          ? decision
          : undefined;
      case "stop":
        await moveReplay(tx, {
          id,
          state: stepRun(run.state, "stop") ?? run.state,
          stopCause: decision.cause,
        });
        return decision;
      case "finish":
        await moveReplay(tx, { id, state: stepRun(run.state, "finish") ?? run.state });
        await releaseItems(tx, id);
        return decision;
      case "wait":
        return decision;
    }
  },
  audit: ({ input: { id }, result }) => ({
    action: "E",
    entityType: "replay",
    entityId: id,
    detail: detailOf(result),
  }),
});

function detailOf(decision: Decision<{ readonly position: number }> | undefined) {
  switch (decision?.kind) {
    case "send":
      return { sends: decision.item.position };
    case "stop":
      return { stops: decision.cause };
    case "finish":
      return { step: "finish" };
    case "wait":
    case undefined:
      return { step: "none" };
  }
}

async function send(run: ReplayRun, item: ReplayItem): Promise<ReplayAnswer> {
  const [source, [leg]] = await Promise.all([
    findSourceRow(run.sourceId),
    readLegDirectory([item.legId], "all"),
  ]);
  const replay = source && findConnector(source.kind)?.replay;
  if (replay === undefined || leg === undefined) return notReady;
  const { config, io } = await contentIo(run.sourceId);
  return replay.send(config, io, {
    interface: leg.interfaceExternalId,
    leg: leg.legExternalId,
    messageId: item.engineMessageId,
  });
}

const answers = { accepted: "accepted", refused: "failed", unclear: "unclear" } as const;

/** What the engine answered; nothing where the message was settled otherwise meanwhile. */
const noteAnswer = command({
  permission: "replay.request",
  input: replayIdSchema.extend({ position: z.int(), answer: z.custom<ReplayAnswer>() }),
  run: async ({ tx, input: { id, position, answer } }) => {
    const trouble = answer.kind === "accepted" ? undefined : answer.trouble;
    await settleItem(tx, { replayId: id, position, from: ["sending"], state: answers[answer.kind], trouble });
  },
  audit: ({ input: { id, position, answer } }) => ({
    action: "E",
    entityType: "replay",
    entityId: id,
    detail: {
      sent: position,
      answer: answer.kind,
      ...(answer.kind === "accepted" ? {} : { trouble: answer.trouble }),
    },
  }),
});
