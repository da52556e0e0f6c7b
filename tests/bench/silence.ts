import { createReadStream } from "node:fs";
import { loadavg } from "node:os";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { type InterfaceSeries, interfaceYear, trafficKinds } from "@/tests/support/interface-year";
import { readSeries } from "@/tests/support/read-series";
import { type SilenceScore, scoreSilence } from "@/tests/support/score-silence";

/*
 * How well silence is told from rest: npm run bench:silence -- [--in series.ndjson] --json
 *
 * One line of JSON an interface:
 *   {"interface": "ORU", "zone": "Europe/Berlin", "from": "2025-01-06T00:00Z", "to": "2026-01-05T00:00Z",
 *    "messages": ["2025-01-06T00:03:10Z", …]            every message; or
 *    "minutes": [3, 0, 1, …] from `from` on, [[minute, count], …], [{"at": …, "count": …}, …] or {"2025-…": 3},
 *    "outages": [{"from": …, "to": …, "usualGapMinutes": 12}],   the truth; the usual gap is found here where it is not told
 *    "unknown": [{"from": …, "to": …}], "holidays": ["2025-12-25"]}          both may be left out
 * Instants are ISO texts (UTC where they say no zone), or seconds, milliseconds or minutes since the epoch.
 *
 * Without --in, 20 interface-years of ten kinds of traffic are made. The first four weeks are learnt from and not judged;
 * the detector is never shown the outages. Usual gap: the longest silence which the same hours of the week have in the
 * year, outages left out. An outage is found when an alarm falls into the silence it is part of.
 */

const { values: options } = parseArgs({
  options: {
    in: { type: "string" },
    json: { type: "boolean", default: false },
    interfaces: { type: "string", default: "20" },
  },
});

const scores: SilenceScore[] = [];
for await (const series of allSeries()) {
  const score = scoreSilence(series);
  scores.push(score);
  process.stderr.write(`${JSON.stringify(summary([score]))} ${score.name}\n`);
}
process.stdout.write(`${JSON.stringify(report(), null, options.json ? 0 : 2)}\n`);

async function* allSeries(): AsyncGenerator<InterfaceSeries> {
  if (options.in === undefined) {
    for (let seed = 0; seed < Number(options.interfaces); seed++)
      yield interfaceYear({ kind: trafficKinds[seed % trafficKinds.length] ?? "ward", seed });
    return;
  }
  let index = 0;
  for await (const line of createInterface({ input: createReadStream(options.in) }))
    if (line.trim() !== "") yield readSeries(line, index++);
}

function report() {
  return {
    interfaces: scores.length,
    ...summary(scores),
    worstFalseAlarmsPerMonth: Math.max(0, ...scores.map(alarmsPerMonth)),
    each: scores.map((score) => ({ name: score.name, ...summary([score]) })),
    loadAverage: loadavg().map((load) => Number(load.toFixed(2))),
  };
}

function summary(of: readonly SilenceScore[]) {
  const outages = of.flatMap((score) => score.outages);
  const long = outages.filter(({ isLong }) => isLong);
  const found = outages.filter(({ delayMs }) => delayMs !== null);
  const delays = found.map(({ delayMs }) => (delayMs ?? 0) / 60_000).sort((a, b) => a - b);
  const months = of.reduce((sum, score) => sum + score.months, 0);
  const falseAlarms = of.reduce((sum, score) => sum + score.falseAlarms.length, 0);
  return {
    outages: outages.length,
    found: found.length,
    outagesOverTwiceUsual: long.length,
    foundOverTwiceUsual: long.filter(({ delayMs }) => delayMs !== null).length,
    missedOverTwiceUsual: long.filter(({ delayMs }) => delayMs === null).length,
    toldBeforeEnd: outages.filter(({ isToldBeforeEnd }) => isToldBeforeEnd).length,
    falseAlarms,
    months: Number(months.toFixed(2)),
    falseAlarmsPerMonth: months === 0 ? null : Number((falseAlarms / months).toFixed(3)),
    delayMinutes: { p50: share(delays, 0.5), p95: share(delays, 0.95), max: share(delays, 1) },
  };
}

function alarmsPerMonth({ falseAlarms, months }: SilenceScore): number {
  return months === 0 ? 0 : Number((falseAlarms.length / months).toFixed(3));
}

function share(sorted: readonly number[], part: number): number | null {
  return sorted[Math.max(Math.ceil(part * sorted.length) - 1, 0)] ?? null;
}
