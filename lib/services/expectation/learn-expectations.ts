import { learnExpectation } from "@/lib/core/expectation/learn";
import { retainedFrom } from "@/lib/core/metric/retention";
import { notLearntSince, putExpectation } from "@/lib/db/expectation";
import { readBusyMinutes } from "@/lib/db/expectation-traffic";
import { type InterfaceRecord, readInterfaces } from "@/lib/db/interfaces-read";
import { readUnknownIntervals } from "@/lib/db/unknown-intervals";

/** Learnt once a night at least; the first time as soon as the interface is there. */
const LEARNT_FOR_MS = 20 * 3_600_000;

/** Learns what usually comes in on every interface that was not learnt lately, one after the other. */
export async function learnDueExpectations(ask: {
  readonly signal: AbortSignal;
  readonly now: () => Date;
}): Promise<void> {
  const interfaces = await readInterfaces("all");
  const ids = interfaces.map(({ interfaceId }) => interfaceId);
  const due = await notLearntSince(ids, new Date(ask.now().getTime() - LEARNT_FOR_MS));
  for (const of of interfaces.filter(({ interfaceId }) => due.has(interfaceId))) {
    if (ask.signal.aborted) return;
    await learnOne(of, ask.now());
  }
}

/** From the minutes that are kept, up to the last full hour. */
async function learnOne(of: InterfaceRecord, now: Date): Promise<void> {
  const legIds = of.legs.filter(({ direction }) => direction === "source").map(({ legId }) => legId);
  const to = new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000);
  const from = new Date(Math.max(of.knownFrom.getTime(), retainedFrom("minutes", now).getTime()));
  if (of.isCountedOnly || from >= to) return;
  const range = { from, to };
  const [traffic, unknown] = await Promise.all([
    readBusyMinutes(legIds, range),
    readUnknownIntervals({ sourceIds: [of.sourceId], legIds, range }),
  ]);
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const expectation = learnExpectation({ zone, range, ...traffic, unknown, holidays: new Set() });
  await putExpectation({ interfaceId: of.interfaceId, expectation, now });
}
