import { type Decision, decideRun } from "@/lib/core/replay/decide";
import { type ReplayItem, readReplayItems, readUnderwayElsewhere } from "@/lib/db/replay-items";
import type { ReplayRun } from "@/lib/db/replays";
import type { Transaction } from "@/lib/db/transaction";
import { isSwitchedOn } from "./replay-switch";

/** What a running run does now, as its messages stand in this transaction. */
export async function decideNow(
  tx: Transaction,
  run: ReplayRun,
  now: Date,
): Promise<Decision<{ readonly position: number }>> {
  // One after the other: a transaction is one connection.
  const items = await readReplayItems(tx, run.id);
  const elsewhere = await readUnderwayElsewhere(tx, run.id);
  return decideRun({
    items: items.map(asOrdered),
    elsewhere: elsewhere.map(asOrdered),
    runningSince: run.runningSince ?? now,
    stopAfter: run.stopAfter,
    perMinute: run.perMinute,
    isSwitchedOn: await isSwitchedOn(run.sourceId),
    now,
  });
}

function asOrdered(item: ReplayItem) {
  const { position, legId, receivedAt, id, state, patientRef, orderRef, sendingAt } = item;
  return {
    ...{ position, legId, receivedAt, id, state },
    patientRef: patientRef ?? undefined,
    accession: orderRef ?? undefined,
    sendingAt: sendingAt ?? undefined,
  };
}
