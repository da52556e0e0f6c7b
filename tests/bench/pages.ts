import http from "node:http";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { hrefOf } from "@/lib/core/href";
import { printInstant } from "@/lib/core/time/range";
import { ensureBuilt } from "@/scripts/prepare/build";
import { freePort } from "@/tests/support/free-port";
import { startWeb } from "@/tests/support/product-process";
import { makeDeliveries } from "./make-deliveries";
import { makeRollups } from "./make-rollups";
import { openQueryBenchDatabase, type QueryBenchDatabase } from "./query-database";
import { signedInCookie } from "./signed-in";
import { type TimedPage, timedGet } from "./timed-get";

/*
 * How long the web process takes to answer with a page when 500 legs have 13 months behind them: the overview as it
 * opens and over 13 months, the list of interfaces, and one interface over 13 months. One person, one request at a time, after warm-up.
 * Data is made once a day and kept. Ends with one line of JSON on standard output; progress goes to standard error.
 */

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    messages: { type: "string", default: "10000000" },
    legs: { type: "string", default: "500" },
    days: { type: "string", default: "396" },
    rows: { type: "string", default: "400000" },
    requests: { type: "string", default: "50" },
    fresh: { type: "boolean", default: false },
  },
});
const plan = {
  messages: Number(options.messages),
  legs: Number(options.legs),
  days: Number(options.days),
  rows: Number(options.rows),
};
const requests = Number(options.requests);
const WARM_UP = 10;
const DAY_MS = 86_400_000;
/** What is promised: the first byte of any page within this, at the 95th percentile. */
const BAR_MS = 300;

await main();

async function main(): Promise<void> {
  await ensureBuilt({ say });
  const { bench, until } = await openFilled();
  const port = await freePort();
  const { DATABASE_URL, DATABASE_OWNER_URL } = bench.urls;
  const web = await startWeb({ port, env: { DATABASE_URL, DATABASE_OWNER_URL, LOG_LEVEL: "warn" } });
  try {
    const cookie = await signedInCookie(new Date());
    const pages: Record<string, Spread> = {};
    for (const [name, path] of Object.entries(await pathsOf(bench, until))) {
      say(`measuring ${path}`);
      pages[name] = await measure({ port, path, cookie });
    }
    const isMet = Object.values(pages).every(({ ttfb }) => ttfb.p95Ms <= BAR_MS);
    const load = loadavg().map((value) => Number(value.toFixed(2)));
    const line = { legs: plan.legs, days: plan.days, barMs: BAR_MS, isMet, pages, loadAverage: load };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  } finally {
    await web.end("SIGTERM");
    await bench.close();
  }
}

/** The database with data up to the end of today (UTC), so that what the pages show by themselves is not empty. */
async function openFilled() {
  const until = new Date((Math.floor(Date.now() / DAY_MS) + 1) * DAY_MS);
  const open = (isFresh: boolean) => openQueryBenchDatabase(plan, isFresh, "signalbox_bench_pages");
  const kept = await open(options.fresh);
  if (kept.madeUntil?.getTime() === until.getTime()) return { bench: kept, until };
  await kept.close();
  const bench = await open(true);
  const messages = await makeRollups({ owner: bench.owner, plan, until, say });
  say(`made rollups of ${messages} messages`);
  await makeDeliveries({ owner: bench.owner, plan, until, say });
  await bench.owner.query("VACUUM (ANALYZE)");
  await bench.finish(until);
  return { bench, until };
}

async function pathsOf(
  { owner }: QueryBenchDatabase,
  until: Date,
): Promise<Readonly<Record<string, string>>> {
  const { rows } = await owner.query<{ id: number }>("SELECT min(id) AS id FROM public.interface");
  const months = {
    from: printInstant(new Date(until.getTime() - plan.days * DAY_MS)),
    to: printInstant(until),
  };
  return {
    overview: "/",
    overviewOfMonths: hrefOf("/", months),
    interfaces: "/interfaces",
    interfaceOfMonths: hrefOf(`/interfaces/${rows[0]?.id}`, months),
  };
}

type Spread = Awaited<ReturnType<typeof measure>>;

async function measure(ask: { readonly port: number; readonly path: string; readonly cookie: string }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const taken: TimedPage[] = [];
    for (let n = 0; n < WARM_UP + requests; n++) taken.push(await timedGet({ ...ask, agent }));
    const counted = taken.slice(WARM_UP);
    return {
      ttfb: spread(counted.map(({ ttfbMs }) => ttfbMs)),
      complete: spread(counted.map(({ completeMs }) => completeMs)),
      bytes: counted.at(-1)?.bytes,
    };
  } finally {
    agent.destroy();
  }
}

function spread(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? 0).toFixed(1));
  return { p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1), requests: sorted.length };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
