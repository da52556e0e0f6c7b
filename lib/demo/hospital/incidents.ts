import { startOfDay, zonedParts } from "@/lib/core/time/zone";

/** Half-open span of time in epoch milliseconds. */
export type Span = { readonly fromMs: number; readonly toMs: number };

/** Something that was planted for people to find. `leg` is the destination's position, from 1. */
export type Incident = { readonly interface: string } & (
  | ({ readonly kind: "refused"; readonly leg: number } & Span)
  // Of three messages in a row, two are rejected.
  | ({ readonly kind: "nacks"; readonly leg: number } & Span)
  | ({ readonly kind: "slower"; readonly leg: number; readonly factor: number } & Span)
  | ({ readonly kind: "silent" } & Span)
  | ({ readonly kind: "replay"; readonly messages: number } & Span)
);

/** Every incident, and when the engine was down for maintenance. */
export type Plantings = { readonly incidents: readonly Incident[]; readonly maintenance: Span };

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What a person opening the demo at `start` will find, in the hospital's own time. */
export function plantedIncidents(start: Date, zone: string): Plantings {
  const startMs = start.getTime();
  const { night, yesterday, lastSunday, burst } = calendarOf(start, zone);
  const outage = { fromMs: night + 2 * hour + 10 * minute, toMs: night + 4 * hour + 35 * minute };
  return {
    incidents: [
      // The RIS server died last night, and there is no queue before it: every message failed.
      { kind: "refused", interface: names.imagingOrders, leg: 1, ...outage },
      { kind: "refused", interface: names.adt, leg: 3, ...outage },
      // Three days ago the worklist broker was moved: orders waited in its queue and came late, none was lost.
      {
        kind: "refused",
        interface: names.imagingOrders,
        leg: 2,
        fromMs: yesterday - 2 * day + 13 * hour + 20 * minute,
        toMs: yesterday - 2 * day + 15 * hour + 5 * minute,
      },
      // The EHR takes reports ever more slowly, for three weeks now.
      {
        kind: "slower",
        interface: names.imagingReports,
        leg: 1,
        factor: 6,
        fromMs: startMs - 21 * day,
        toMs: Number.POSITIVE_INFINITY,
      },
      // The gateway of the bedside devices stopped sending this morning.
      {
        kind: "silent",
        interface: names.pointOfCare,
        fromMs: startMs - 160 * minute,
        toMs: startMs + 9 * hour,
      },
      // A change to the channel made the LIS reject most orders until it was taken back.
      { kind: "nacks", interface: names.labOrders, leg: 1, ...burst },
      // Six days ago a morning's results were sent again to the portal.
      {
        kind: "replay",
        interface: names.labResults,
        messages: 180,
        fromMs: yesterday - 5 * day + 11 * hour,
        toMs: yesterday - 5 * day + 11 * hour + 20 * minute,
      },
      // The billing system is down right now: a queue is building up.
      {
        kind: "refused",
        interface: names.charges,
        leg: 1,
        fromMs: startMs - 75 * minute,
        toMs: startMs + 5 * hour,
      },
    ],
    maintenance: { fromMs: lastSunday + hour, toMs: lastSunday + 3 * hour },
  };
}

/** Interfaces that something was planted in, by the ids they have in the lists of interfaces. */
export const names = {
  adt: "d3a00001-0000-4000-8000-000000000001",
  labOrders: "d3a00002-0000-4000-8000-000000000002",
  imagingOrders: "d3a00003-0000-4000-8000-000000000003",
  labResults: "d3a00004-0000-4000-8000-000000000004",
  imagingReports: "d3a00005-0000-4000-8000-000000000005",
  pointOfCare: "d3a00006-0000-4000-8000-000000000006",
  charges: "d3a00009-0000-4000-8000-000000000009",
} as const;

export function isWithin(span: Span, atMs: number): boolean {
  return atMs >= span.fromMs && atMs < span.toMs;
}

/**
 * Local midnights: of the last night that is over, of yesterday, of the last Sunday before yesterday; and the burst, on
 * the latest morning or afternoon that lies two hours back.
 */
function calendarOf(start: Date, zone: string) {
  const { hour: hourOfDay, weekday } = zonedParts(start, zone);
  const midnight = (daysBack: number) => startOfDay({ instant: start, zone, days: -daysBack }).getTime();
  const bursts = [0, 1].flatMap((daysBack) =>
    [14, 9].map((atHour) => {
      const fromMs = midnight(daysBack) + atHour * hour + 5 * minute;
      return { fromMs, toMs: fromMs + 65 * minute };
    }),
  );
  const burst = bursts.find(({ toMs }) => toMs + 2 * hour <= start.getTime());
  return {
    burst: burst ?? { fromMs: 0, toMs: 0 },
    night: midnight(hourOfDay < 5 ? 1 : 0),
    yesterday: midnight(1),
    lastSunday: midnight(weekday < 2 ? weekday + 7 : weekday),
  };
}
