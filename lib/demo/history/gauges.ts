import type { GaugeHourRow } from "@/lib/db/load-history";
import type { SampleRow } from "@/lib/db/samples";
import type { Hospital } from "../hospital/hospital";
import { isWithin } from "../hospital/incidents";
import { seededRandom } from "../random";
import type { PlacedFeed } from "./placed-feed";

const stepMs = 15 * 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/**
 * Queue depths of one UTC day: every quarter of an hour, and the extremes of each hour. An engine tells them of every
 * destination, one without a queue has none waiting; a feed of its own tells only those it has.
 */
export function dayGauges(given: {
  readonly hospital: Hospital;
  readonly feeds: readonly PlacedFeed[];
  readonly dayMs: number;
  readonly untilMs: number;
  readonly keepsSamples: boolean;
}): { readonly samples: readonly SampleRow[]; readonly gaugeHours: readonly GaugeHourRow[] } {
  const samples: SampleRow[] = [];
  const gaugeHours: GaugeHourRow[] = [];
  for (const placed of given.feeds) {
    placed.feed.destinations.forEach((destination, index) => {
      if (!destination.hasQueue && placed.feed.feed === "push") return;
      const depth = destination.hasQueue
        ? queueDepth({ hospital: given.hospital, placed, leg: index + 1, dayMs: given.dayMs })
        : () => 0;
      const values: SampleRow[] = [];
      const untilMs = Math.min(given.dayMs + dayMs, given.untilMs);
      for (let atMs = given.dayMs; atMs < untilMs; atMs += stepMs) {
        values.push({
          ownerId: placed.legIds[index + 1] ?? 0,
          metric: "queueDepth",
          atMs,
          value: depth(atMs),
        });
      }
      gaugeHours.push(...hoursOf(values));
      if (given.keepsSamples) samples.push(...values);
    });
  }
  return { samples, gaugeHours };
}

/** A short queue now and then when it is busy; all that came since, while the partner refuses. */
function queueDepth(given: {
  readonly hospital: Hospital;
  readonly placed: PlacedFeed;
  readonly leg: number;
  readonly dayMs: number;
}): (atMs: number) => number {
  const { hospital, placed, leg } = given;
  const random = seededRandom(hospital.seed, placed.feed.externalId, leg, "queue", given.dayMs);
  const passes = 1 - (placed.feed.destinations[leg - 1]?.filterRate ?? 0);
  return (atMs) => {
    const perHour = hospital.expectedPerHour(placed.feed, atMs) * passes;
    const idle = random() < Math.min(0.3, perHour / 400) ? 1 + Math.floor(random() * 3) : 0;
    const outage = hospital
      .incidentsOf(placed.feed)
      .find((one) => one.kind === "refused" && one.leg === leg && isWithin(one, atMs));
    if (outage === undefined) return idle;
    let waiting = 0;
    for (let fromMs = outage.fromMs; fromMs < atMs; fromMs += stepMs) {
      const share = Math.min(stepMs, atMs - fromMs) / hourMs;
      waiting += hospital.expectedPerHour(placed.feed, fromMs) * passes * share;
    }
    return Math.round(waiting);
  };
}

function hoursOf(values: readonly SampleRow[]): readonly GaugeHourRow[] {
  const hours: GaugeHourRow[] = [];
  for (const { ownerId, metric, atMs, value } of values) {
    const bucketMs = Math.floor(atMs / hourMs) * hourMs;
    const last = hours.at(-1);
    const depth = value ?? 0;
    if (last === undefined || last.bucketMs !== bucketMs) {
      hours.push({ legId: ownerId, metric, bucketMs, min: depth, max: depth, last: depth, lastMs: atMs });
    } else {
      const { min, max } = last;
      hours[hours.length - 1] = {
        ...last,
        min: Math.min(min, depth),
        max: Math.max(max, depth),
        last: depth,
        lastMs: atMs,
      };
    }
  }
  return hours;
}
