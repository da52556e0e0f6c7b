import { z } from "zod";
import type { MessageContent } from "@/lib/connectors/connector";
import { findConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/errors";
import type { FailureReason } from "@/lib/core/message/reason";
import { replayIdSchema } from "@/lib/core/replay/schema";
import { cancelsOrder } from "@/lib/core/replay/second-person";
import { readLegDirectory } from "@/lib/db/leg-directory";
import { type ContentFound, listReplayItems, noteContent, type ReplayItem } from "@/lib/db/replay-items";
import { listReplaysIn, type ReplayRun } from "@/lib/db/replays";
import { findSourceRow } from "@/lib/db/sources";
import { command } from "@/lib/services/command";
import { contentIo } from "@/lib/services/messages/content-io";

type Found = {
  readonly position: number;
  readonly content: ContentFound;
  readonly cancelsOrder?: boolean | undefined;
  readonly readReason?: FailureReason | undefined;
};

/**
 * Asks the engines whether they keep what drafts are about, whether an order is cancelled in it, and why it failed. Of the
 * content nothing is stored. An engine that does not answer is asked again at the next look.
 */
export async function checkDrafts(signal: AbortSignal): Promise<void> {
  for (const run of await listReplaysIn(["drafted"])) {
    const unasked = (await listReplayItems(run.id)).filter(({ content }) => content === null);
    for (let from = 0; from < unasked.length && !signal.aborted; from += AT_ONCE) {
      const found = await askEngine(run, unasked.slice(from, from + AT_ONCE), signal);
      if (found.length > 0) await noteFound({ kind: "system", name: "run-replays" }, { id: run.id, found });
      if (found.length === 0) break;
    }
  }
}

const AT_ONCE = 20;

const noteFound = command({
  permission: "replay.request",
  input: replayIdSchema.extend({ found: z.custom<readonly Found[]>(Array.isArray) }),
  run: async ({ tx, input: { id, found } }) => {
    for (const { cancelsOrder: cancels, readReason, ...one } of found) {
      await noteContent(tx, { ...one, replayId: id, cancelsOrder: cancels, readReason });
    }
  },
  audit: ({ input: { id, found } }) => ({
    action: "R",
    entityType: "replay",
    entityId: id,
    detail: { checked: found.length, gone: found.filter(({ content }) => content === "gone").length },
  }),
});

async function askEngine(
  run: ReplayRun,
  items: readonly ReplayItem[],
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const source = await findSourceRow(run.sourceId);
  const read = source && findConnector(source.kind)?.content;
  if (read === undefined) return items.map(({ position }) => ({ position, content: "gone" }));
  const legs = await readLegDirectory([...new Set(items.map(({ legId }) => legId))], "all");
  const found: Found[] = [];
  for (const item of items) {
    if (signal.aborted) break;
    const leg = legs.find(({ legId }) => legId === item.legId);
    const { config, io } = await contentIo(run.sourceId);
    const ref = { interface: leg?.interfaceExternalId ?? "", messageId: item.engineMessageId };
    try {
      const inbound = await read(config, io, { ...ref, leg: SOURCE_LEG });
      const outbound = await read(config, io, { ...ref, leg: leg?.legExternalId ?? "" });
      found.push({ position: item.position, ...judgeContent(inbound, outbound) });
    } catch (error) {
      if (error instanceof AppError) break;
      throw error;
    }
  }
  return found;
}

/** Where an engine of the Mirth family keeps what came in. */
const SOURCE_LEG = "0";

function judgeContent(
  inbound: MessageContent | undefined,
  outbound: MessageContent | undefined,
): Omit<Found, "position"> {
  const raw = inbound?.parts.find(({ part }) => part === "raw");
  if (raw === undefined) return { content: "gone" };
  const readReason = outbound?.errors[0]?.reason;
  if (raw.encrypted) return { content: "unreadable", readReason };
  return { content: "kept", cancelsOrder: cancelsOrder(raw.text), readReason };
}
