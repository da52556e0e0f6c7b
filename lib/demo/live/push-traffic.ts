import { drawFacts } from "../engine/message-facts";
import { dayDraw } from "../history/draw-day";
import type { DrawnMessage } from "../history/drawn-message";
import { observationOf } from "../history/observation";
import { pastCalendar } from "../history/past-calendar";
import { channelSpecOf } from "../hospital/channel-specs";
import type { Hospital } from "../hospital/hospital";
import type { HospitalInterface } from "../hospital/hospital-interface";
import { pastMessageNumber } from "../hospital/message-number";
import { pushInterfaces } from "../hospital/push-interfaces";
import { seededRandom } from "../random";
import type { Gauge, LiveItem } from "./push-item";

const dayMs = 86_400_000;

/** What the pushing feeds have to report of (afterMs, untilMs]: messages that ended then, and gauges. */
export type PushTraffic = (span: {
  readonly afterMs: number;
  readonly untilMs: number;
}) => readonly LiveItem[];

/** The same traffic at every start; a span that is asked for again gives the same items. */
export function pushTraffic(hospital: Hospital): PushTraffic {
  const feeds = pushInterfaces.map((feed) => feedTraffic(hospital, feed));
  return (span) => feeds.flatMap((traffic) => traffic(span));
}

type Ended = { readonly endMs: number; readonly items: readonly LiveItem[] };

function feedTraffic(hospital: Hospital, feed: HospitalInterface): PushTraffic {
  const draw = dayDraw(hospital, feed);
  const toItems = itemMaker(hospital, feed);
  let known: { readonly dayMs: number; readonly ended: readonly Ended[] } | undefined;
  const dayOf = (day: number): readonly Ended[] => {
    if (known?.dayMs !== day) {
      const messages = [...draw(day, Number.POSITIVE_INFINITY)];
      known = {
        dayMs: day,
        ended: messages.map((message) => ({ endMs: endOfMessage(message), items: toItems(message, day) })),
      };
    }
    return known.ended;
  };
  return ({ afterMs, untilMs }) => {
    const items: LiveItem[] = [];
    // A message that came in late at night may end on the next day.
    for (let day = Math.floor(afterMs / dayMs) * dayMs - dayMs; day <= untilMs; day += dayMs) {
      const isNear = day + dayMs > afterMs - 600_000;
      if (!isNear) continue;
      for (const { endMs, items: own } of dayOf(day))
        if (endMs > afterMs && endMs <= untilMs) items.push(...own);
    }
    return [...items, ...gauges({ feed, afterMs, untilMs })];
  };
}

function endOfMessage(message: DrawnMessage): number {
  return Math.max(message.receivedMs, ...message.deliveries.map(({ turnMs, ackedMs }) => ackedMs ?? turnMs));
}

function itemMaker(
  hospital: Hospital,
  feed: HospitalInterface,
): (message: DrawnMessage, dayStartMs: number) => readonly LiveItem[] {
  const spec = channelSpecOf(feed);
  const { oldestRawDayMs } = pastCalendar(hospital);
  return (message, dayStartMs) => {
    const messageId = pastMessageNumber({
      perDay: feed.perDay,
      oldestDayMs: oldestRawDayMs,
      dayMs: dayStartMs,
      sequence: message.sequence,
    });
    const random = seededRandom(hospital.seed, feed.externalId, "facts", messageId);
    const facts = drawFacts({ spec, random, messageId, atMs: message.receivedMs });
    const name = { feed, spec, facts, messageId: String(messageId), replayOf: undefined };
    return message.deliveries.map((delivery) => observationOf(name, { message, delivery }));
  };
}

/** Queues of these feeds are empty unless something is wrong, and they say so once a minute. */
function gauges(given: {
  readonly feed: HospitalInterface;
  readonly afterMs: number;
  readonly untilMs: number;
}): readonly Gauge[] {
  const atMs = Math.floor(given.untilMs / 60_000) * 60_000;
  if (atMs <= given.afterMs) return [];
  return given.feed.destinations.flatMap((destination, index) =>
    destination.hasQueue
      ? [
          {
            kind: "gauge" as const,
            interface: given.feed.externalId,
            leg: String(index + 1),
            metric: "queueDepth",
            at: new Date(atMs),
            value: 0,
          },
        ]
      : [],
  );
}
