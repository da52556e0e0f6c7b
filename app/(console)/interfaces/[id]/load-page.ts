import type { Actor } from "@/lib/core/authz/actor";
import type { Knowledge } from "@/lib/core/metric/gaps";
import { chooseBucket } from "@/lib/core/time/bucket";
import {
  comparisonRange,
  lengthMs,
  sameHoursLastWeek,
  snapRange,
  type TimeRange,
} from "@/lib/core/time/range";
import { listChanges } from "@/lib/services/interfaces/list-changes";
import { readCounters } from "@/lib/services/interfaces/read-counters";
import { type InterfaceView, type LegRow, readInterface } from "@/lib/services/interfaces/read-interface";
import { readQueues } from "@/lib/services/interfaces/read-queues";
import { readReasons } from "@/lib/services/interfaces/read-reasons";
import { readHeatmap } from "@/lib/services/metrics/read-heatmap";
import { readSeries } from "@/lib/services/metrics/read-series";
import type { PageTime } from "../../page-time";

/** Which legs the charts are about: all destinations, or the one in the address. */
export type LegScope = { readonly legs: readonly LegRow[]; readonly one: LegRow | undefined };

export type InterfacePage = Awaited<ReturnType<typeof loadInterfacePage>>;

/** Everything on the page of one interface, read in parallel once its legs are known. */
export async function loadInterfacePage(actor: Actor, ask: PageAsk) {
  const { interfaceId, time } = ask;
  const view = await readInterface(actor, { interfaceId, range: time.range });
  const scope = scopeOf(view, ask.legId);
  const range = snapRange(time.range);
  const bucket = chooseBucket(range, 120);
  const legIds = scope.legs.map(({ leg }) => leg.legId);
  const sourceIds = view.legs.filter(({ leg }) => leg.direction === "source").map(({ leg }) => leg.legId);
  const series = (of: TimeRange, ids: readonly number[] = legIds) =>
    ids.length === 0
      ? undefined
      : readSeries(actor, { scope: { legIds: ids }, range: of, bucket, zone: time.zone });
  const compared = comparisonRange(range, time.query.compare);
  const all = { legIds, range, bucket, zone: time.zone };
  const everyLeg = view.legs.map(({ leg }) => leg.legId);
  const hasCounters = view.legs.some(({ leg }) => leg.counters !== null);
  const [current, intake, previous, weeks, heatmap, reasons, queues, changes, counters] = await Promise.all([
    series(range),
    series(range, sourceIds),
    compared ? series(compared) : undefined,
    Promise.all(weeksBefore(range).map((week) => series(week))),
    legIds.length === 0 ? undefined : readHeatmap(actor, { ...all, scope: { legIds } }),
    readReasons(actor, { legIds: everyLeg, range }),
    legIds.length === 0 ? undefined : readQueues(actor, all),
    listChanges(actor, { interfaceId, range }),
    hasCounters ? readCounters(actor, { ...all, legIds: everyLeg }) : undefined,
  ]);
  const charts = {
    current: current && { ...current, buckets: begun(current.buckets) },
    intake: intake && { ...intake, buckets: begun(intake.buckets) },
    heatmap: heatmap && { ...heatmap, columns: begun(heatmap.columns) },
    queues: queues && { ...queues, edges: edgesUntil(queues.edges, time.now) },
    counters: counters && { ...counters, edges: edgesUntil(counters.edges, time.now) },
  };
  return { view, scope, range, bucket, reasons, changes, previous, weeks, ...charts };
}
type PageAsk = {
  readonly interfaceId: number;
  readonly legId: number | undefined;
  readonly time: PageTime;
};

/** Longer ranges overlap their own weeks: what is usual then is the comparison with the period before. */
const LONGEST_USUAL_MS = 8 * 24 * 3_600_000;

function weeksBefore(range: TimeRange): readonly TimeRange[] {
  if (lengthMs(range) > LONGEST_USUAL_MS) return [];
  const weeks: TimeRange[] = [];
  for (let week = sameHoursLastWeek(range); weeks.length < 4; week = sameHoursLastWeek(week))
    weeks.push(week);
  return weeks;
}

function scopeOf(view: InterfaceView, legId: number | undefined): LegScope {
  const one = view.legs.find(({ leg }) => leg.legId === legId);
  if (one) return { legs: [one], one };
  const destinations = view.legs.filter(({ leg }) => leg.direction === "destination");
  return { legs: destinations.length > 0 ? destinations : view.legs, one: undefined };
}

/** Buckets that have begun: what has not come yet is not drawn as a gap. */
function begun<Bucket extends { readonly knowledge: Knowledge }>(buckets: readonly Bucket[]) {
  return buckets.filter(({ knowledge }) => knowledge !== "future");
}

function edgesUntil(edges: readonly Date[], now: Date): readonly Date[] {
  return edges.filter((_, i) => (edges[i - 1]?.getTime() ?? 0) < now.getTime());
}
