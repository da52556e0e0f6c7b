import { lengthMs, type TimeRange } from "@/lib/core/time/range";
import { readPastQueues } from "@/lib/db/leg-signs";
import { remember } from "./remember";

/** Messages that waited on a leg one range ago and a week ago; null where no depth is known. */
export type QueueBefore = { readonly previous: number | null; readonly lastWeek: number | null };

const WEEK_MS = 7 * 86_400_000;
const rememberDepths = remember<ReadonlyMap<number, QueueBefore>>({ ttlMs: 5 * 60_000, size: 32 });

/** What the queues of legs are compared with. Legs of which neither depth is known are left out. */
export function readQueuesBefore(ask: {
  readonly legIds: readonly number[];
  readonly range: TimeRange;
  readonly now: Date;
}): Promise<ReadonlyMap<number, QueueBefore>> {
  const { legIds, range, now } = ask;
  const agoMs = [lengthMs(range), WEEK_MS];
  const key = `${Math.floor(now.getTime() / 3_600_000)}/${agoMs.join()}/${legIds.join()}`;
  return rememberDepths(key, now.getTime(), async () => {
    const instants = agoMs.map((ms) => new Date(now.getTime() - ms));
    const before = new Map<number, QueueBefore>();
    for (const { legId, index, depth } of await readPastQueues({ legIds, instants })) {
      const known = before.get(legId) ?? { previous: null, lastWeek: null };
      before.set(legId, index === 0 ? { ...known, previous: depth } : { ...known, lastWeek: depth });
    }
    return before;
  });
}
