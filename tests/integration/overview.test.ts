import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { sentenceText } from "@/lib/core/interface/overview-sentence";
import type { DeliveryObservation, Item } from "@/lib/core/message/schema";
import { storeBatch } from "@/lib/ingest/pipeline";
import { rollUp } from "@/lib/jobs/roll-up";
import { readOverview } from "@/lib/services/overview/read-overview";
import { aDelivery, addSource, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();
const system: Actor = { kind: "system", name: "test" };
const minute = 60_000;
const now = new Date();
const ago = (minutes: number) => new Date(now.getTime() - minutes * minute);
const range = { from: ago(24 * 60), to: now };

/** One message of an interface: it comes in on "0" and goes out on "1". */
function message(name: string, receivedAt: Date, over: Partial<DeliveryObservation> = {}): readonly Item[] {
  const messageId = `${name}-${receivedAt.getTime()}`;
  const times = { startedAt: receivedAt, sentAt: receivedAt, ackedAt: new Date(receivedAt.getTime() + 200) };
  const shared = { interface: name, interfaceName: name, messageId, receivedAt, ...times };
  return [
    aDelivery({ ...shared, leg: "0", legName: "in", direction: "source" }),
    aDelivery({ ...shared, leg: "1", legName: "RIS", ...over }),
  ];
}
const failed = {
  state: "error",
  outcome: "failed",
  firstOutcome: "failed",
  reason: "connect_refused",
} as const;

/** A message every ten minutes over the last day. */
function steady(name: string, of: (minutesAgo: number) => Partial<DeliveryObservation> | undefined): Item[] {
  return Array.from({ length: 144 }, (_, i) => 1440 - i * 10 - 5).flatMap((minutesAgo) => {
    const over = of(minutesAgo);
    return over === undefined ? [] : [...message(name, ago(minutesAgo), over)];
  });
}

beforeAll(async () => {
  const sourceId = await addSource(db(), "engine");
  const items = [
    ...steady("calm", () => ({})),
    ...steady("down", (minutesAgo) => (minutesAgo < 60 ? failed : {})),
    ...steady("was down", (minutesAgo) => (minutesAgo > 200 && minutesAgo < 330 ? failed : {})),
    ...steady("silent", (minutesAgo) => (minutesAgo < 120 ? undefined : {})),
    ...[1, 2, 3].flatMap((week) =>
      Array.from({ length: 60 }, (_, i) =>
        message("silent", ago(week * 7 * 1440 + 2 * i)).slice(0, 1),
      ).flat(),
    ),
  ];
  for (let at = 0; at < items.length; at += 1_000) {
    await storeBatch({ sourceId, batch: batchOf(...items.slice(at, at + 1_000)), now });
  }
  await db().prisma.interface.updateMany({ data: { firstSeenAt: ago(22 * 1440) } });
  await rollUp.run({ signal: new AbortController().signal, now: () => now });
});

const read = () => readOverview(system, { range, zone: "UTC" });

describe("the overview", () => {
  test("puts the worst first and says what is wrong with each", async () => {
    const { rows } = await read();
    const told = rows.map(({ health }) => [health.name, health.level, health.problems[0]?.kind]);
    expect(told).toEqual([
      ["silent", "critical", "silent"],
      ["down", "critical", "failing"],
      ["was down", "notice", "was_down"],
      ["calm", "ok", undefined],
    ]);
  });

  test("knows to the minute since when", async () => {
    const { rows } = await read();
    const down = rows.find(({ health }) => health.name === "down");
    const floor = (at: Date) => new Date(Math.floor(at.getTime() / minute) * minute);
    expect(down?.health.since).toEqual(floor(ago(55)));
    expect(down?.health.problems[0]).toMatchObject({ failed: 6, leg: { name: "RIS" } });
    const past = rows.find(({ health }) => health.name === "was down")?.health.problems[0];
    expect(past).toMatchObject({ from: floor(ago(325)), to: floor(ago(195)), failed: 13 });
  });

  test("counts volume on the way in and failure on the way out", async () => {
    const { rows, messages, failed: allFailed } = await read();
    const calm = rows.find(({ health }) => health.name === "calm");
    expect(calm?.figures).toMatchObject({
      messages: 144,
      failed: 0,
      failureRate: 0,
      p95Ms: expect.closeTo(200, -1),
    });
    expect([messages, allFailed]).toEqual([144 * 3 + 132, 19]);
  });

  test("draws what came in, a bucket each, and nothing for the hour that is not over", async () => {
    const { rows, buckets } = await read();
    const calm = rows.find(({ health }) => health.name === "calm");
    expect(calm?.spark).toHaveLength(buckets.length);
    expect(buckets.every(({ to }) => to <= now)).toBe(true);
    expect(calm?.spark.slice(1).every((value) => value === 6)).toBe(true);
  });

  test("paints the stretch in which nothing got through", async () => {
    const { strips } = await read();
    expect(strips).toHaveLength(1);
    expect(strips[0]?.states.some(({ level }) => level === "critical")).toBe(true);
  });

  test("answers the question in its first sentence", async () => {
    expect(sentenceText((await read()).sentence)).toMatch(
      /^2 of 4 interfaces need you: silent has been silent since/,
    );
  });

  test("asks the person who may not see it to go", async () => {
    const reporter: Actor = { kind: "user", id: "u", name: "n", email: "e", grants: everywhere("reporter") };
    await expect(readOverview(reporter, { range, zone: "UTC" })).rejects.toMatchObject({ code: "forbidden" });
  });
});
