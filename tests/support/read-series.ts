import type { TimeRange } from "@/lib/core/time/range";
import { isZone } from "@/lib/core/time/zone";
import type { InterfaceSeries } from "./interface-year";

type Json = Readonly<Record<string, unknown>>;

/** Reads one line of the input of `bench:silence`; what its forms are is said there. @throws Error that names what is missing. */
export function readSeries(line: string, index: number): InterfaceSeries {
  const json = objectOf(JSON.parse(line));
  const zone = textOf(pick(json, "zone", "timezone", "timeZone", "tz")) ?? "UTC";
  if (!isZone(zone)) throw new Error(`line ${index + 1}: no such zone`);
  const counts = readCounts(json);
  const busy = [...counts.keys()].sort((a, b) => a - b);
  const [first, last] = [busy[0], busy.at(-1)];
  if (first === undefined || last === undefined) throw new Error(`line ${index + 1}: no messages`);
  return {
    name: textOf(pick(json, "interface", "name", "id")) ?? `line ${index + 1}`,
    zone,
    range: {
      from: instantOf(pick(json, "from", "start", "startsAt")) ?? new Date(first * MINUTE),
      to: instantOf(pick(json, "to", "end", "endsAt", "until")) ?? new Date((last + 1) * MINUTE),
    },
    busy,
    messages: busy.map((minute) => counts.get(minute) ?? 0),
    unknown: listOf(pick(json, "unknown", "gaps")).flatMap(rangeOf),
    holidays: listOf(pick(json, "holidays")).flatMap((day) => textOf(day) ?? []),
    outages: listOf(pick(json, "outages", "plantedOutages", "planted", "truth")).flatMap((entry) => {
      const usualGapMs = usualOf(entry);
      return rangeOf(entry).map((range) => ({
        ...range,
        ...(usualGapMs === undefined ? {} : { usualGapMs }),
      }));
    }),
  };
}

const MINUTE = 60_000;

function readCounts(json: Json): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  const add = (atMs: number | undefined, messages: number) => {
    if (atMs === undefined || !(messages > 0)) return;
    const minute = Math.floor(atMs / MINUTE);
    counts.set(minute, (counts.get(minute) ?? 0) + messages);
  };
  for (const message of listOf(pick(json, "messages", "events", "timestamps", "times"))) {
    const entry = Array.isArray(message) ? { at: message[0], count: message[1] } : objectOf(message);
    const at = typeof message === "object" ? pick(entry, "at", "time", "t", "ts", "timestamp") : message;
    add(instantOf(at)?.getTime(), numberOf(pick(entry, "count", "n")) ?? 1);
  }
  const minutes = pick(json, "minutes", "counts", "minuteCounts", "series");
  const start = instantOf(pick(json, "from", "start", "startsAt"))?.getTime();
  if (!Array.isArray(minutes)) {
    for (const [at, count] of Object.entries(objectOf(minutes)))
      add(instantOf(at)?.getTime(), numberOf(count) ?? 0);
    return counts;
  }
  minutes.forEach((entry: unknown, i) => {
    if (typeof entry === "number" || entry === null) {
      add(start === undefined ? undefined : start + i * MINUTE, numberOf(entry) ?? 0);
    } else if (Array.isArray(entry)) add(offsetOrInstant(entry[0], start), numberOf(entry[1]) ?? 0);
    else {
      const of = objectOf(entry);
      const at = pick(of, "at", "minute", "time", "t", "ts", "timestamp");
      add(offsetOrInstant(at, start), numberOf(pick(of, "count", "messages", "n", "value")) ?? 0);
    }
  });
  return counts;
}

/** Small numbers are minutes since the start. */
function offsetOrInstant(at: unknown, start: number | undefined): number | undefined {
  if (typeof at === "number" && at < SMALLEST_EPOCH_MINUTE && start !== undefined) return start + at * MINUTE;
  return instantOf(at)?.getTime();
}

const SMALLEST_EPOCH_MINUTE = 10_000_000;

/** ISO text, or seconds, milliseconds or minutes since the epoch, told apart by their size. */
function instantOf(value: unknown): Date | undefined {
  const number = numberOf(value);
  if (number !== undefined) {
    const scale = number >= 1e11 ? 1 : number >= 2e8 ? 1_000 : MINUTE;
    return new Date(number * scale);
  }
  const at =
    typeof value === "string"
      ? new Date(/\d(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`)
      : undefined;
  return at !== undefined && !Number.isNaN(at.getTime()) ? at : undefined;
}

function rangeOf(entry: unknown): readonly TimeRange[] {
  const of = Array.isArray(entry) ? { from: entry[0], to: entry[1] } : objectOf(entry);
  const from = instantOf(pick(of, "from", "start", "startsAt", "begin"));
  const minutes = numberOf(pick(of, "minutes", "durationMinutes"));
  const to =
    instantOf(pick(of, "to", "end", "endsAt", "until")) ??
    (from && minutes !== undefined ? new Date(from.getTime() + minutes * MINUTE) : undefined);
  return from && to && from < to ? [{ from, to }] : [];
}

function usualOf(entry: unknown): number | undefined {
  const of = Array.isArray(entry) ? {} : objectOf(entry);
  const ms = numberOf(pick(of, "usualGapMs"));
  const minutes = numberOf(pick(of, "usualGapMinutes", "usualGap"));
  return ms ?? (minutes === undefined ? undefined : minutes * MINUTE);
}

function pick(json: Json, ...names: readonly string[]): unknown {
  const name = names.find((one) => json[one] !== undefined && json[one] !== null);
  return name === undefined ? undefined : json[name];
}

function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
