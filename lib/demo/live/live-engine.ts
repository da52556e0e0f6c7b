import { type Engine, startEngine } from "../engine/start-engine";
import { examMessages } from "../exams/exam-messages";
import { endOf } from "../history/fill-history";
import { pastCalendar } from "../history/past-calendar";
import { firstLiveEventId } from "../history/past-events";
import { engineChannels } from "../hospital/channel-specs";
import { engineInterfaces } from "../hospital/engine-interfaces";
import type { Hospital } from "../hospital/hospital";
import { isWithin } from "../hospital/incidents";
import { firstLiveNumber } from "../hospital/message-number";
import { staffActs } from "../hospital/staff-activity";

const dayMs = 86_400_000;
const minutesADay = 1_440;
/** The engine prunes what is older. */
const keepMs = 3 * dayMs;
/** Ids below what a later run begins with: fewer events a second than this are ever logged. */
const eventsASecond = 2;

/**
 * The demo hospital's engine, in traffic since shortly before the demo began. It makes all of it anew at every start, and
 * the same every time, so that a worker that restarts finds the messages it has read before.
 */
export function startLiveEngine(ask: {
  readonly hospital: Hospital;
  readonly now: () => Date;
  readonly port: number;
  /** The engine has been up since its maintenance, until a worker that restarts takes it down for real. */
  readonly isFirstRun: boolean;
}): Promise<Engine> {
  const { hospital, now, port, isFirstRun } = ask;
  const calendar = pastCalendar(hospital);
  const feeds = new Map(engineInterfaces.map((feed) => [feed.externalId, feed]));
  const secondsRunning = Math.max(0, Math.floor((now().getTime() - hospital.startedAt.getTime()) / 1_000));
  return startEngine({
    port,
    now,
    seed: hospital.seed,
    channels: engineChannels(hospital),
    historyMs: 0,
    keepMs,
    trafficFrom: new Date(endOf(hospital, "engine")),
    ...(isFirstRun && { upSince: new Date(hospital.plantings.maintenance.toMs) }),
    perMinute: engineInterfaces.reduce((sum, { perDay }) => sum + perDay, 0) / minutesADay,
    rhythm: ({ id }, atMs) => {
      const feed = feeds.get(id);
      if (feed === undefined || !hospital.isSending(feed, atMs)) return 0;
      return (hospital.expectedPerHour(feed, atMs) * 24) / feed.perDay;
    },
    firstMessageIds: Object.fromEntries(
      engineInterfaces.map(({ externalId, perDay }) => [
        externalId,
        firstLiveNumber({ perDay, oldestDayMs: calendar.oldestRawDayMs, lastDayMs: calendar.lastDayMs }),
      ]),
    ),
    firstEventId:
      firstLiveEventId({ oldestDayMs: calendar.oldestAuditDayMs, lastDayMs: calendar.lastDayMs }) +
      secondsRunning * eventsASecond,
    isDown: ({ channelId, metaDataId, atMs }) => {
      const feed = feeds.get(channelId);
      return (
        feed !== undefined &&
        hospital
          .incidentsOf(feed)
          .some((one) => one.kind === "refused" && one.leg === metaDataId && isWithin(one, atMs))
      );
    },
    appointed: (span) =>
      examMessages(hospital, span).map(({ interface: channelId, ...message }) => ({ channelId, ...message })),
    staff: ({ afterMs, untilMs }) =>
      daysTouched(afterMs, untilMs)
        .flatMap((day) => staffActs(hospital, day))
        .filter(({ atMs }) => atMs > afterMs && atMs <= untilMs),
  });
}

function daysTouched(afterMs: number, untilMs: number): readonly number[] {
  const first = Math.floor(afterMs / dayMs);
  const count = Math.floor(untilMs / dayMs) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * dayMs);
}
