import { expect, test } from "vitest";
import { dateInterval } from "@/lib/core/fhir/date-interval";

const ms = (text: string) => new Date(text).getTime();

test.each([
  ["2026", ms("2026-01-01T00:00Z"), ms("2027-01-01T00:00Z")],
  ["2026-02", ms("2026-02-01T00:00Z"), ms("2026-03-01T00:00Z")],
  ["eq2026-03-10", ms("2026-03-10T00:00Z"), ms("2026-03-11T00:00Z")],
  ["ge2026-03-10", ms("2026-03-10T00:00Z"), undefined],
  ["gt2026-03-10", ms("2026-03-11T00:00Z"), undefined],
  ["le2026-03-10", undefined, ms("2026-03-11T00:00Z")],
  ["lt2026-03-10", undefined, ms("2026-03-10T00:00Z")],
  ["2026-03-10T10:00+01:00", ms("2026-03-10T09:00Z"), ms("2026-03-10T09:01Z")],
  ["le2026-03-10T10:00:05", undefined, ms("2026-03-10T10:00:06Z")],
  ["2026-03-10T10:00:05.123456Z", ms("2026-03-10T10:00:05.123Z"), ms("2026-03-10T10:00:05.124Z")],
])("%s stands for the whole of what it names", (text, fromMs, toMs) => {
  expect(dateInterval(text)).toEqual({
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
  });
});

test.each([
  "",
  "today",
  "2026-3-1",
  "2026-13-01",
  "2026-02-30T25:00Z",
  "ap2026-03-10",
  "ge",
  "2026-03-10 10:00",
])("%j is no date of a search", (text) => {
  expect(dateInterval(text)).toBeUndefined();
});
