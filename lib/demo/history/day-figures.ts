import type { MinuteRow } from "@/lib/db/bulk";
import type { DeliveryRow } from "@/lib/db/delivery-row";
import type { HistoryDay } from "@/lib/db/load-history";
import type { HourOwn } from "@/lib/db/rollup-chain";
import type { ChainRow } from "@/lib/db/rollup-chain-upsert";
import { groupIds } from "@/lib/db/rollup-groups";
import { deliveryRowMaker } from "@/lib/ingest/delivery-rows";
import { drawFacts } from "../engine/message-facts";
import { channelSpecOf } from "../hospital/channel-specs";
import type { Hospital } from "../hospital/hospital";
import { pastMessageNumber } from "../hospital/message-number";
import { seededRandom } from "../random";
import { dayDraw } from "./draw-day";
import type { DrawnMessage } from "./drawn-message";
import { createLegSum, type LegSum } from "./leg-sums";
import { observationOf } from "./observation";
import type { PlacedFeed } from "./placed-feed";

const hourMs = 3_600_000;
const minuteMs = 60_000;

export type DayAsk = {
  readonly dayMs: number;
  /** Nothing received at or after this instant, by feed. */
  readonly untilMs: (feed: PlacedFeed) => number;
  /** Whether every delivery is kept by itself, with minutes, or only hours and days. */
  readonly keepsDeliveries: boolean;
};

/** Makes all figures of one UTC day of the hospital, for all feeds and for the two groups of legs. */
export type DayMaker = (ask: DayAsk) => Omit<HistoryDay, "samples" | "gaugeHours">;

export function dayMaker(given: {
  readonly hospital: Hospital;
  readonly feeds: readonly PlacedFeed[];
  readonly oldestDayMs: number;
}): DayMaker {
  const makers = given.feeds.map((placed) => feedDay({ ...given, placed }));
  const groups = [groupSums(groupIds.source), groupSums(groupIds.destination)] as const;
  return (ask) => {
    for (const group of groups) group.clear();
    const figures: Figures = { deliveries: [], minutes: [], hours: [], days: [] };
    for (const make of makers) make({ ask, figures, groups });
    for (const group of groups) group.finish({ dayMs: ask.dayMs, figures });
    return figures;
  };
}

type Figures = {
  readonly deliveries: DeliveryRow[];
  readonly minutes: MinuteRow[];
  readonly hours: ChainRow[];
  readonly days: HourOwn[];
};

type FeedTask = {
  readonly ask: DayAsk;
  readonly figures: Figures;
  readonly groups: readonly [GroupSums, GroupSums];
};

function feedDay(given: {
  readonly hospital: Hospital;
  readonly placed: PlacedFeed;
  readonly oldestDayMs: number;
}): (task: FeedTask) => void {
  const { hospital, placed } = given;
  const draw = dayDraw(hospital, placed.feed);
  const toRow = rawMaker(given);
  const sums = placed.legIds.map(() => ({
    minute: createLegSum(),
    hour: createLegSum(),
    day: createLegSum(),
  }));
  return ({ ask, figures, groups }) => {
    const messages = draw(ask.dayMs, ask.untilMs(placed));
    let minute = 0;
    let hour = 0;
    const closeMinute = () => flushMinutes({ placed, sums, figures, bucketMs: minute });
    const closeHour = () => flushHours({ placed, sums, figures, groups, bucketMs: hour });
    for (const { day } of sums) day.clear();
    for (const message of messages) {
      const ownMinute = Math.floor(message.receivedMs / minuteMs) * minuteMs;
      const ownHour = Math.floor(message.receivedMs / hourMs) * hourMs;
      if (ownMinute !== minute && ask.keepsDeliveries) closeMinute();
      if (ownHour !== hour) closeHour();
      minute = ownMinute;
      hour = ownHour;
      addMessage({ message, sums, keepsMinutes: ask.keepsDeliveries });
      if (ask.keepsDeliveries) figures.deliveries.push(...toRow(message, ask.dayMs));
    }
    if (ask.keepsDeliveries) closeMinute();
    closeHour();
    flushDay({ placed, sums, figures, dayMs: ask.dayMs });
  };
}

type Sums = readonly { readonly minute: LegSum; readonly hour: LegSum; readonly day: LegSum }[];

function addMessage(given: {
  readonly message: DrawnMessage;
  readonly sums: Sums;
  readonly keepsMinutes: boolean;
}): void {
  for (const delivery of given.message.deliveries) {
    const sum = given.sums[delivery.leg];
    sum?.hour.add(given.message, delivery);
    if (given.keepsMinutes) sum?.minute.add(given.message, delivery);
  }
}

type Flush = { readonly placed: PlacedFeed; readonly sums: Sums; readonly figures: Figures };

function flushMinutes({ placed, sums, figures, bucketMs }: Flush & { readonly bucketMs: number }): void {
  sums.forEach(({ minute }, leg) => {
    if (minute.isEmpty()) return;
    const legId = placed.legIds[leg] ?? 0;
    figures.minutes.push({ legId, bucketMs, counts: minute.counts(), pairs: minute.pairs() });
    minute.clear();
  });
}

function flushHours(given: Flush & { readonly groups: FeedTask["groups"]; readonly bucketMs: number }): void {
  const { placed, sums, figures, groups, bucketMs } = given;
  sums.forEach(({ hour, day }, leg) => {
    if (hour.isEmpty()) return;
    day.addSum(hour);
    figures.hours.push({ legId: placed.legIds[leg] ?? 0, bucketMs, ...ownAndSum(hour, day) });
    groups[leg === 0 ? 0 : 1].add(bucketMs, hour);
    hour.clear();
  });
}

function flushDay({ placed, sums, figures, dayMs }: Flush & { readonly dayMs: number }): void {
  sums.forEach(({ day }, leg) => {
    if (day.isEmpty()) return;
    figures.days.push({
      legId: placed.legIds[leg] ?? 0,
      bucketMs: dayMs,
      counts: day.counts(),
      hist: day.encode(),
    });
  });
}

function ownAndSum(own: LegSum, sum: LegSum) {
  return { counts: own.counts(), hist: own.encode(), cumCounts: sum.counts(), cumHist: sum.encode() };
}

/** Hours and day of a group of legs, kept until every feed has been through. */
type GroupSums = {
  add(bucketMs: number, hour: LegSum): void;
  finish(given: { readonly dayMs: number; readonly figures: Figures }): void;
  clear(): void;
};

function groupSums(legId: number): GroupSums {
  const hours = Array.from({ length: 24 }, createLegSum);
  const day = createLegSum();
  return {
    add: (bucketMs, hour) => hours[Math.floor(bucketMs / hourMs) % 24]?.addSum(hour),
    clear: () => {
      for (const sum of [...hours, day]) sum.clear();
    },
    finish: ({ dayMs, figures }) => {
      hours.forEach((hour, index) => {
        if (hour.isEmpty()) return;
        day.addSum(hour);
        figures.hours.push({ legId, bucketMs: dayMs + index * hourMs, ...ownAndSum(hour, day) });
      });
      if (!day.isEmpty()) {
        figures.days.push({ legId, bucketMs: dayMs, counts: day.counts(), hist: day.encode() });
      }
    },
  };
}

/** Rows as the store would have made them from what the source reported. */
function rawMaker(given: {
  readonly hospital: Hospital;
  readonly placed: PlacedFeed;
  readonly oldestDayMs: number;
}): (message: DrawnMessage, dayMs: number) => readonly DeliveryRow[] {
  const { hospital, placed, oldestDayMs } = given;
  const { feed } = placed;
  const spec = channelSpecOf(feed);
  const toRow = deliveryRowMaker(placed.sourceId);
  return (message, dayMs) => {
    const numberOf = (sequence: number) =>
      pastMessageNumber({ perDay: feed.perDay, oldestDayMs, dayMs, sequence });
    const number = numberOf(message.sequence);
    const random = seededRandom(hospital.seed, feed.externalId, "facts", number);
    const name = {
      feed,
      spec,
      messageId: String(number),
      replayOf: message.replayOf === undefined ? undefined : String(numberOf(message.replayOf)),
      facts: drawFacts({ spec, random, messageId: number, atMs: message.receivedMs }),
    };
    return message.deliveries.map((delivery) =>
      toRow(observationOf(name, { message, delivery }), placed.legIds[delivery.leg] ?? 0),
    );
  };
}
