import { createServer } from "node:net";
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

async function demoSource(kind: string) {
  return (await readDemoSources()).find((source) => source.kind === kind);
}

async function sourceId(kind: string): Promise<number> {
  return (await demoSource(kind))?.id ?? 0;
}

const ofSource = (id: number) => `leg_id IN (SELECT id FROM public.leg WHERE source_id = ${id})`;

async function factKinds(kind: string): Promise<readonly string[]> {
  const { rows } = await db().pool.query<{ kind: string }>(
    "SELECT DISTINCT kind FROM clinical.fact WHERE source_id = $1 ORDER BY 1",
    [await sourceId(kind)],
  );
  return rows.map((row) => row.kind);
}

/** How many streams of a source have gone well since it was opened. */
async function streamsAt(kind: string): Promise<number> {
  return count(
    "signal.stream",
    `source_id = ${await sourceId(kind)} AND last_success_at IS NOT NULL AND failures = 0`,
  );
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
    // Somebody else listens where the tap was to.
    const other = createServer();
    other.listen((await demoSource("hl7-mllp"))?.port, "127.0.0.1");
    stopping.signal.addEventListener("abort", () => other.close());
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
    const [engine, push] = [await sourceId("mirth"), await sourceId("push")];
    const since = `received_at >= '${new Date(state.startedAt.getTime() - 80 * 60_000).toISOString()}'`;
    await until(async () => (await count("signal.delivery", `${since} AND ${ofSource(engine)}`)) > 50);
    const live = `received_at >= '${state.startedAt.toISOString()}'`;
    await until(async () => (await count("signal.delivery", `${live} AND ${ofSource(push)}`)) > 0);
    expect(await readDemo(system, {})).toMatchObject({ phase: "live", progress: 1 });
  });

  it("sends copies of what its engine sees to a port that was free, and some messages that no engine saw", async () => {
    const tap = await sourceId("hl7-mllp");
    const shared = `SELECT FROM signal.delivery e WHERE e.control_id = d.control_id AND e.${ofSource(await sourceId("mirth"))}`;
    const copies = (isShared: boolean) =>
      count("signal.delivery d", `${ofSource(tap)} AND ${isShared ? "" : "NOT "}EXISTS (${shared})`);
    await until(async () => (await copies(true)) > 3 && (await copies(false)) > 0);
  });

  it("follows exams by every protocol: orders, worklist, steps, studies and who looked at them", async () => {
    for (const kind of ["hl7-mllp", "dimse", "mpps", "dicomweb"]) {
      await until(async () => (await streamsAt(kind)) > 0);
    }
    const told = async (kind: string) => [kind, await factKinds(kind)];
    expect(await Promise.all(["push", "hl7-mllp", "dimse", "mpps", "dicomweb"].map(told))).toEqual([
      ["push", ["order", "report"]],
      ["hl7-mllp", ["order", "patient", "report"]],
      ["dimse", ["worklist"]],
      ["mpps", ["procedureStep"]],
      ["dicomweb", ["study"]],
    ]);
    const audit = await sourceId("atna-syslog");
    const live = `source_id = ${audit} AND at >= '${(await readDemoState())?.startedAt.toISOString()}'`;
    await until(async () => (await count("signal.external_audit_event", live)) > 0);
    expect(await count("clinical.exam", "state = 'done'")).toBeGreaterThan(20);
    expect(await count("clinical.exam", "state = 'waiting'")).toBeGreaterThan(0);
  });

  it("has an estate whose ports are to be asked for their certificates", async () => {
    await until(async () => (await count("public.system", "endpoint IS NOT NULL")) === 2);
    expect(await count("public.system_maintenance")).toBe(2);
  });

  it("keeps what one of its feeds reports in wrong words as a dead letter, and nothing else", async () => {
    const push = await sourceId("push");
    await until(async () => (await count("signal.dead_letter")) > 0);
    expect(await count("signal.dead_letter", `source_id <> ${push}`)).toBe(0);
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
       WHERE nspname IN ('public', 'signal', 'clinical') AND relkind IN ('r', 'p') AND NOT relispartition`,
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
