import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { readInterfaces } from "@/lib/db/interfaces-read";
import { ensurePartitions } from "@/lib/db/partitions";
import { learnVolume } from "@/lib/jobs/learn-volume";
import { judgeSilences } from "@/lib/services/expectation/judge-silences";
import { readExpectations } from "@/lib/services/expectation/read-expectations";
import { setSilenceLimit } from "@/lib/services/expectation/set-silence-limit";
import { addSource, withStorage } from "@/tests/support/storage";

const db = withStorage();
const system: Actor = { kind: "system", name: "test" };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const now = new Date(Math.floor(Date.now() / HOUR) * HOUR);
const names = ["steady", "stopped", "young"] as const;

/** A message every three minutes for 34 days; `stopped` had its last one two hours ago, `young` is known for ten days. */
beforeAll(async () => {
  const kept = { from: ago(36 * 24 * 60), to: now };
  await ensurePartitions("rollup_minute", kept);
  await ensurePartitions("delivery", kept);
  const sourceId = await addSource(db(), "engine");
  for (const name of names) {
    const days = name === "young" ? 10 : 34;
    const { id: interfaceId } = await db().prisma.interface.create({
      data: {
        sourceId,
        externalId: name,
        name,
        receivers: [],
        columns: [],
        firstSeenAt: ago(days * 24 * 60),
      },
    });
    const leg = await db().prisma.leg.create({
      data: { sourceId, interfaceId, externalId: "0", ordinal: 0, name: "in", direction: "source" },
    });
    const until = name === "steady" ? 1 : 120;
    await db().pool.query(
      `INSERT INTO signal.rollup_minute (leg_id, bucket_start, ok)
       SELECT $1, at, 2 FROM generate_series($2::timestamptz, $3::timestamptz, interval '3 minutes') at`,
      [leg.id, ago(days * 24 * 60), ago(until)],
    );
    await db().pool.query(
      `INSERT INTO signal.delivery (leg_id, received_at, id, message_key, engine_message_id, state, outcome, observed_seq, body_digest)
       VALUES ($1, $2, 1, 1, '1', 'sent', 'ok', 1, 1)`,
      [leg.id, ago(until)],
    );
  }
  await learnVolume.run({ signal: new AbortController().signal, now: () => now });
});

const judged = async (name: (typeof names)[number]) => {
  const interfaces = await readInterfaces("all");
  const of = interfaces.find((one) => one.name === name);
  return of && (await judgeSilences(interfaces, now)).get(of.interfaceId);
};

describe("expected volume", () => {
  test("is learnt by hour of the week from the minutes that are kept", async () => {
    const all = await readExpectations(system, {});
    const steady = all.find(({ name }) => name === "steady");
    expect(steady?.learnt).toMatchObject({ weeks: 4, isScheduled: false });
    expect(steady?.learnt?.busyMinutes.every((rate) => Math.abs(rate - 20) < 2)).toBe(true);
    expect(steady?.learnt?.volume.every((hour) => hour?.median === 40)).toBe(true);
  });

  test("is not learnt again before the night is over", async () => {
    const readAt = () =>
      db().pool.query("SELECT learnt_at FROM signal.expected_volume ORDER BY interface_id");
    const before = (await readAt()).rows;
    await learnVolume.run({
      signal: new AbortController().signal,
      now: () => new Date(now.getTime() + HOUR),
    });
    expect((await readAt()).rows).toEqual(before);
  });

  test("tells who is silent, since when and how much was to be expected", async () => {
    expect((await judged("steady"))?.verdict).toEqual({ kind: "as_usual" });
    expect(await judged("stopped")).toMatchObject({
      silentSince: ago(120),
      expected: expect.closeTo(80, 0),
      verdict: { kind: "silent", reason: { kind: "rate" } },
    });
  });

  test("says nothing of a source that is paused", async () => {
    await db().prisma.source.updateMany({ data: { pausedAt: now } });
    expect((await judged("stopped"))?.verdict).toEqual({ kind: "unknown" });
    await db().prisma.source.updateMany({ data: { pausedAt: null } });
  });
});

describe("an interface that is learning", () => {
  const limit = async (actor: Actor, minutes: number | null) => {
    const { id } = await db().prisma.interface.findFirstOrThrow({ where: { name: "young" } });
    await setSilenceLimit(actor, { interfaceId: id, minutes });
    return id;
  };

  test("is judged by its owner's limit alone, and the limit is in the audit trail", async () => {
    expect((await judged("young"))?.verdict).toEqual({ kind: "learning" });
    const id = await limit(system, 60);
    expect((await judged("young"))?.verdict).toMatchObject({
      kind: "silent",
      reason: { kind: "owner_limit", limitMs: HOUR },
    });
    const { rows } = await db().pool.query(
      "SELECT entity_id, detail FROM signal.audit_leaf ORDER BY id DESC LIMIT 1",
    );
    expect(rows).toEqual([{ entity_id: String(id), detail: { silenceLimitMinutes: 60 } }]);
    await limit(system, null);
    expect((await judged("young"))?.verdict).toEqual({ kind: "learning" });
  });

  test("keeps its limit from people who may not change it, and from nonsense", async () => {
    const reporter: Actor = { kind: "user", id: "u", name: "n", email: "e", grants: everywhere("reporter") };
    await expect(limit(reporter, 60)).rejects.toMatchObject({ code: "forbidden" });
    await expect(limit(system, 0)).rejects.toMatchObject({ code: "bad_request" });
    await expect(setSilenceLimit(system, { interfaceId: 99_999, minutes: 5 })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

function ago(minutes: number): Date {
  return new Date(now.getTime() - minutes * MINUTE);
}
