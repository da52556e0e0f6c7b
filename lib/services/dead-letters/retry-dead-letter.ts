import { findConnector } from "@/lib/connectors/registry";
import { deadLetterRefSchema } from "@/lib/core/dead-letter/schema";
import { AppError } from "@/lib/core/errors";
import { readPushAgain } from "@/lib/core/message/push-body";
import type { NormalisedBatch } from "@/lib/core/message/schema";
import { type SealedLetter, settleDeadLetter } from "@/lib/db/dead-letter-queue";
import { findSourceRow } from "@/lib/db/sources";
import { endClaimOfItem } from "@/lib/db/work-claims";
import { type StoreResult, storeBatch } from "@/lib/ingest/pipeline";
import { command } from "@/lib/services/command";
import { refuseOthersClaim } from "@/lib/services/work/find-claims";
import { openLetter } from "./open-letter";

/**
 * Reads a dead letter again, as this release reads it, and stores what it says. Storing twice changes nothing, so a
 * retry that was interrupted can simply be repeated. The letter is resolved when everything in it is stored or lies in
 * letters of its own; otherwise it stays open. Input: { id }.
 * @throws AppError not_found | conflict when it is not open, or another person has claimed it | not_available when its source is gone
 */
export const retryDeadLetter = command({
  permission: "dead-letter.retry",
  input: deadLetterRefSchema,
  stepUp: true,
  run: async ({ tx, actor, input, now, reach }) => {
    const { letter, payload } = await openLetter(input.id, reach);
    if (letter.state !== "open") throw new AppError("conflict", "This dead letter is settled already.");
    await refuseOthersClaim(actor, { kind: "dead-letter", id: letter.id }, now);
    const batch = await readAgain(letter, payload);
    // On a connection of its own, and before this transaction touches the letter: the store may raise the same one.
    const stored = await storeBatch({ sourceId: letter.sourceId, batch, now });
    const outcome = outcomeOf(letter.id, stored);
    await settleDeadLetter(tx, { id: letter.id, ...outcome, now });
    if (outcome.state !== "open") await endClaimOfItem(tx, { kind: "dead-letter", id: letter.id, now });
    return { id: letter.id, sourceId: letter.sourceId, reason: letter.reason, ...outcome };
  },
  audit: ({ result: { id, sourceId, reason, state, result } }) => ({
    action: "E",
    entityType: "dead_letter",
    entityId: id,
    detail: { sourceId, reason, state, result },
  }),
});

async function readAgain(letter: SealedLetter, payload: string): Promise<NormalisedBatch> {
  const pushed = readPushAgain({ contentKind: letter.contentKind, payload });
  switch (pushed?.kind) {
    case "batch":
      return pushed.batch;
    case "refused":
      return { items: [], rejects: [pushed.reject] };
    case "too-many":
      throw new AppError("too_large", "There are too many items in this dead letter.");
    case undefined:
      return normaliseAgain(letter, payload);
  }
}

/** Kept by a connector: its payload is JSON of what its normalise takes. */
async function normaliseAgain(letter: SealedLetter, payload: string): Promise<NormalisedBatch> {
  const source = await findSourceRow(letter.sourceId);
  const connector = source && findConnector(source.kind);
  if (source === undefined || connector === undefined) {
    throw new AppError("not_available", "The source of this dead letter is no longer there.");
  }
  return connector.normalise(JSON.parse(payload), source.config);
}

function outcomeOf(
  id: string,
  { items, rejected }: StoreResult,
): { readonly state: "open" | "resolved"; readonly result: string } {
  const ends: readonly {
    readonly status: string;
    readonly reason?: string;
    readonly deadLetterId?: string;
  }[] = [...items, ...rejected.map((reject) => ({ ...reject, status: "rejected" }))];
  const isBack = ends.some(({ deadLetterId }) => deadLetterId === id);
  const counts = new Map<string, number>();
  for (const { status, reason } of ends) {
    const word = reason === undefined ? status : `${status} (${reason})`;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const result = [...counts].map(([word, count]) => `${count} ${word}`).join(", ") || "nothing in it";
  return { state: isBack ? "open" : "resolved", result };
}
