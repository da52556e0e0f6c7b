import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everywhere } from "@/lib/core/authz/role";
import { readDemoSources, readDemoState } from "@/lib/db/demo";
import { pastCalendar } from "@/lib/demo/history/past-calendar";
import { runDemo } from "@/lib/demo/live/run-demo";
import { runSources } from "@/lib/ingest/run-sources";
import { readDemo } from "@/lib/services/demo/read-demo";
import { removeDemo } from "@/lib/services/demo/remove-demo";
import { startDemo } from "@/lib/services/demo/start-demo";
import { createSource } from "@/lib/services/sources/create-source";
import { serveIngest } from "@/lib/worker/http-server";
import { useFreeIngestPort, zoneInMidMorning } from "@/tests/support/demo";
import { addSource, withStorage } from "@/tests/support/storage";

const db = withStorage();
const system = { kind: "system", name: "test" } as const;
const reporter = {
  kind: "user",
  id: "u",
  name: "R",
  email: "r@example.org",
  grants: everywhere("reporter"),
} as const;
const pushSource = { kind: "push", name: "A real feed", config: {}, secrets: {} };
const stopping = new AbortController();
const problems: unknown[] = [];
let running: Promise<unknown> = Promise.resolve();

beforeAll(useFreeIngestPort);
afterAll(async () => {
  stopping.abort();
  await running;
});

async function count(table: string, where = "true"): Promise<number> {
  const { rows } = await db().pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${table} WHERE ${where}`,
  );
  return rows[0]?.n ?? 0;
}

/** Asks every quarter of a second until the answer is yes. */
async function until(question: () => Promise<boolean>): Promise<void> {
  while (!(await question())) await sleep(250);
}

describe("a demo beside real sources", () => {
  it("does not start, and leaves nothing behind", async () => {
    const id = await addSource(db(), "A real engine");
    await expect(startDemo(system, {})).rejects.toMatchObject({ code: "conflict" });
    expect([await count("public.source", "is_demo"), await readDemoState()]).toEqual([0, undefined]);
    await db().prisma.source.delete({ where: { id } });
  });

  it("is refused to somebody without the right, and that is on record", async () => {
    await expect(startDemo(reporter, {})).rejects.toMatchObject({ code: "forbidden" });
    expect(await count("signal.audit_leaf", "permission = 'demo.write' AND outcome = 'denied'")).toBe(1);
  });
});

describe("a running demo", () => {
  it("keeps real sources out while it is there", async () => {
    await startDemo(system, { seed: 9, zone: zoneInMidMorning(new Date()) });
    await expect(createSource(system, pushSource)).rejects.toMatchObject({ code: "conflict" });
    await expect(startDemo(system, {})).rejects.toMatchObject({ code: "conflict" });
    expect(await count("signal.audit_leaf", "permission = 'demo.write' AND outcome = 'success'")).toBe(1);
  });

  it("comes alive: the engine is polled and the feeds push, through the product's own doors", async () => {
    // Begun half an hour ago, so that its feeds have something to report at once.
    await db().pool.query(
      `UPDATE public.setting SET value = jsonb_set(value, '{startedAt}', to_jsonb($1::text)) WHERE value ? 'startedAt'`,
      [new Date(Date.now() - 30 * 60_000).toISOString()],
    );
    const state = await readDemoState();
    if (state === undefined) throw new Error("The demo was not started.");
    const [newest] = pastCalendar(state).parts;
    const { signal } = stopping;
    const now = () => new Date();
    const onProblem = (error: unknown) => problems.push(error);
    const parts = newest === undefined ? [] : [newest];
    running = Promise.all([
      serveIngest({ signal }),
      runSources({ signal, now }),
      runDemo({ signal, onProblem, parts }),
    ]);
    const [engine, push] = await readDemoSources();
    const since = `received_at >= '${new Date(state.startedAt.getTime() - 80 * 60_000).toISOString()}'`;
    const ofSource = (id: number | undefined) =>
      `leg_id IN (SELECT id FROM public.leg WHERE source_id = ${id ?? 0})`;
    await until(async () => (await count("signal.delivery", `${since} AND ${ofSource(engine?.id)}`)) > 50);
    const live = `received_at >= '${state.startedAt.toISOString()}'`;
    await until(async () => (await count("signal.delivery", `${live} AND ${ofSource(push?.id)}`)) > 0);
    expect(await readDemo(system, {})).toMatchObject({ phase: "live", progress: 1 });
  });

  it("keeps what one of its feeds reports in wrong words as a dead letter, and nothing else", async () => {
    const [, push] = await readDemoSources();
    await until(async () => (await count("signal.dead_letter")) > 0);
    expect(await count("signal.dead_letter", `source_id <> ${push?.id ?? 0}`)).toBe(0);
    expect(await count("signal.dead_letter")).toBe(1);
  });

  it("shows the queue that builds up before the billing system, as its engine reports it", async () => {
    const depth = async () => {
      const { rows } = await db().pool.query<{ value: number }>(
        `SELECT now.value FROM signal.leg_now now JOIN public.leg ON leg.id = now.leg_id
         WHERE now.metric = 'queueDepth' AND leg.name = 'Billing'`,
      );
      return rows[0]?.value ?? 0;
    };
    const pending = () =>
      count(
        "signal.delivery",
        "outcome = 'pending' AND leg_id IN (SELECT id FROM public.leg WHERE name = 'Billing')",
      );
    await until(async () => (await depth()) > 0 && (await depth()) === (await pending()));
  });

  it("is removed without a trace, and makes room for a real source", async () => {
    await removeDemo(system, {});
    stopping.abort();
    await running;
    const { rows: tables } = await db().pool.query<{ name: string }>(
      `SELECT format('%I.%I', nspname, relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE nspname IN ('public', 'signal') AND relkind IN ('r', 'p') AND NOT relispartition`,
    );
    const kept = [
      "public._prisma_migrations",
      "signal.audit_leaf",
      "signal.audit_unsealed",
      "signal.lease",
      "signal.rate_limit",
    ];
    const left = await Promise.all(
      tables
        .filter(({ name }) => !kept.includes(name))
        .map(async ({ name }) => [name, await count(name)] as const),
    );
    expect(left.length).toBeGreaterThan(20);
    expect(left.filter(([, rows]) => rows > 0)).toEqual([]);
    expect(await readDemo(system, {})).toBeUndefined();
    expect(problems).toEqual([]);
    await createSource(system, pushSource);
  });
});
