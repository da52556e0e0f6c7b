import type { TimeRange } from "@/lib/core/time/range";
import { zoneOffsetMinutes } from "@/lib/core/time/zone";
import { type Random, seededRandom } from "./random";

/** Traffic of one interface as a benchmark reads it: minutes with messages, and outages that are known to have been. */
export type InterfaceSeries = {
  readonly name: string;
  readonly zone: string;
  readonly range: TimeRange;
  /** Minutes since the epoch with at least one message, ascending, and how many. */
  readonly busy: readonly number[];
  readonly messages: readonly number[];
  readonly unknown: readonly TimeRange[];
  readonly holidays: readonly string[];
  readonly outages: readonly (TimeRange & { readonly usualGapMs?: number })[];
};

export const trafficKinds = [
  "ward",
  "busy",
  "clinic",
  "scarce",
  "nightly",
  "bursts",
  "polled",
  "growing",
  "seasonal",
  "batch",
] as const;
export type TrafficKind = (typeof trafficKinds)[number];

const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
  "America/Sao_Paulo",
];
const START = Date.UTC(2025, 0, 6);
const DAY = 1_440;

/** A year of one kind of traffic, with outages of differing length that nobody told the detector of. */
export function interfaceYear(ask: {
  readonly kind: TrafficKind;
  readonly seed: number;
  readonly days?: number;
}): InterfaceSeries {
  const { kind, seed, days = 365 } = ask;
  const random = seededRandom(seed * 7_919 + 17);
  const zone = zones[seed % zones.length] ?? "UTC";
  const first = START / 60_000;
  const range = { from: new Date(START), to: new Date(START + days * DAY * 60_000) };
  const holidays = new Set(Array.from({ length: Math.round(days / 36) }, () => Math.floor(random() * days)));
  const counts = new Map<number, number>();
  const put = (minute: number, messages: number) => counts.set(minute, (counts.get(minute) ?? 0) + messages);
  let daily = 1;
  for (let day = 0; day < days; day++) {
    daily = Math.exp(0.12 * normal(random));
    const offset = zoneOffsetMinutes(new Date(START + day * DAY * 60_000), zone);
    for (let minute = 0; minute < DAY; minute++) {
      const at = first + day * DAY + minute;
      const local = at + offset;
      const weekday = (((Math.floor(local / DAY) + 4) % 7) + 7) % 7;
      const rate = rateOf(kind, { hour: (local % DAY) / 60, weekday, day, days });
      const rest = holidays.has(day) ? 0.25 : 1;
      makeMinute({ kind, random, rate: rate * daily * rest, at, put, local });
    }
  }
  const outages = plantOutages({ random, counts, range, kind });
  const minutes = [...counts.keys()].sort((a, b) => a - b);
  return {
    name: `${kind}-${seed}`,
    zone,
    range,
    busy: minutes,
    messages: minutes.map((minute) => counts.get(minute) ?? 0),
    unknown: [],
    holidays: [],
    outages,
  };
}

type At = { readonly hour: number; readonly weekday: number; readonly day: number; readonly days: number };

/** Messages (or bursts) a minute. */
function rateOf(kind: TrafficKind, { hour, weekday, day, days }: At): number {
  const isWeekend = weekday === 0 || weekday === 6;
  const office = bell(hour, 10.5, 3) + 0.6 * bell(hour, 15, 2.5);
  switch (kind) {
    case "ward":
      return (0.06 + 0.5 * office) * (isWeekend ? 0.45 : 1);
    case "busy":
      return (1 + 12 * office) * (isWeekend ? 0.5 : 1);
    case "clinic":
      return isWeekend || hour < 7 || hour >= 18 ? 0 : 0.4 * office + 0.05;
    case "scarce":
      return (isWeekend ? 0.3 : 2.5) * (0.2 + office) * (1 / 800);
    case "nightly":
      return hour >= 22 || hour < 4 ? 0.7 : 0;
    case "bursts":
      return (0.01 + 0.06 * office) * (isWeekend ? 0.5 : 1);
    case "polled":
      return 1;
    case "growing":
      return (0.1 + 0.6 * office) * (0.6 + day / days) * (isWeekend ? 0.4 : 1);
    case "seasonal":
      return (0.1 + 0.8 * office) * (1 + 0.35 * Math.sin((2 * Math.PI * day) / 365)) * (isWeekend ? 0.4 : 1);
    case "batch":
      return 1;
  }
}

function bell(hour: number, middle: number, width: number): number {
  return Math.exp(-0.5 * ((hour - middle) / width) ** 2);
}

function makeMinute(ask: {
  readonly kind: TrafficKind;
  readonly random: Random;
  readonly rate: number;
  readonly at: number;
  readonly local: number;
  readonly put: (minute: number, messages: number) => void;
}): void {
  const { kind, random, rate, at, local, put } = ask;
  if (kind === "polled") {
    if (local % 20 === 0) put(at + Math.floor(random() * 4), 1 + Math.floor(random() * 9));
    return;
  }
  if (kind === "batch") {
    const minute = ((local % DAY) + DAY) % DAY;
    if (minute === 360 || minute === 1_110) {
      const start = at + Math.floor(random() * 16);
      for (let i = 0; i < 5; i++) put(start + i, 20 + Math.floor(random() * 40));
    }
    return;
  }
  const started = poisson(random, rate);
  if (started === 0) return;
  put(at, started);
  if (kind !== "bursts") return;
  const length = 2 + Math.floor(random() * 14);
  for (let i = 1; i < length; i++) if (random() < 0.7) put(at + i, 1 + Math.floor(random() * 4));
}

/** Two outages a month, from minutes to most of a day; their messages never come. */
function plantOutages(ask: {
  readonly random: Random;
  readonly counts: Map<number, number>;
  readonly range: TimeRange;
  readonly kind: TrafficKind;
}): readonly TimeRange[] {
  const { random, counts, range } = ask;
  const [from, to] = [range.from.getTime() / 60_000, range.to.getTime() / 60_000];
  const outages: TimeRange[] = [];
  const step = 15 * DAY;
  for (let at = from + 2 * DAY; at + step < to; at += step) {
    const start = at + Math.floor(random() * (step - 2 * DAY));
    const end = start + Math.round(10 * 144 ** random());
    for (let minute = start; minute < end; minute++) counts.delete(minute);
    outages.push({ from: new Date(start * 60_000), to: new Date(end * 60_000) });
  }
  return outages;
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}
