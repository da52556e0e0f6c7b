import { beforeEach, describe, expect, test } from "vitest";
import { storeBatch } from "@/lib/ingest/pipeline";
import { evaluateAlerts } from "@/lib/services/incidents/evaluate-alerts";
import { aDelivery, addSource, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();
const now = new Date();
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
let sourceId: number;
let round = 0;

beforeEach(async () => {
  for (const table of ["condition", "incident_entry", "incident", "notice_outbox"]) {
    await db().pool.query(`DELETE FROM signal.${table}`);
  }
  await db().prisma.source.updateMany({ data: { removedAt: now } });
  sourceId = await addSource(db(), `engine ${++round}`);
});

const failed = {
  state: "error",
  outcome: "failed",
  firstOutcome: "failed",
  reason: "connect_refused",
} as const;

/** So many failures on the way to a destination of an interface, one a second up to two minutes ago. */
async function fail(name: string, count: number, over: Partial<Parameters<typeof aDelivery>[0]> = {}) {
  const items = Array.from({ length: count }, (_, i) => {
    const receivedAt = at(-120 - (i % 240));
    const times = { receivedAt, startedAt: receivedAt, sentAt: receivedAt, ackedAt: receivedAt };
    const names = {
      interface: name,
      interfaceName: name,
      leg: "1",
      legName: "RIS",
      messageId: `${name}-${i}`,
    };
    return aDelivery({ ...names, ...times, ...failed, ...over });
  });
  for (let from = 0; from < items.length; from += 1_000) {
    await storeBatch({ sourceId, batch: batchOf(...items.slice(from, from + 1_000)), now });
  }
}

async function rows(table: string) {
  return (await db().pool.query(`SELECT * FROM signal.${table} ORDER BY 1`)).rows;
}

describe("a destination that takes nothing", () => {
  test("is one incident and one notice, however many messages fail and however often it is looked at", async () => {
    await fail("Orders", 500);
    for (const tick of [0, 10, 20, 30]) await evaluateAlerts(at(tick));
    expect(await rows("incident")).toMatchObject([
      { title: "Orders → RIS lets nothing through", severity: "critical", state: "open" },
    ]);
    expect(await rows("notice_outbox")).toMatchObject([
      { kind: "incident_opened", interface_name: "Orders", count: 500 },
    ]);
    expect((await rows("incident_entry")).map(({ kind }) => kind)).toEqual(["first_failure", "alarm"]);
  });

  test("is told once by two evaluators at the same time", async () => {
    await fail("Orders", 5);
    await Promise.all([evaluateAlerts(at(0)), evaluateAlerts(at(1)), evaluateAlerts(at(2))]);
    expect(await rows("incident")).toHaveLength(1);
    expect(await rows("notice_outbox")).toHaveLength(1);
  });

  test("that works again for five minutes is told once more, and the incident waits for a person", async () => {
    // Fewer than the rule of rates looks at: the outage alone is told of.
    await fail("Orders", 4);
    await evaluateAlerts(at(0));
    const receivedAt = at(-1);
    await fail("Orders", 1, {
      ...{
        messageId: "well",
        state: "sent",
        outcome: "ok",
        firstOutcome: "ok",
        receivedAt,
        reason: undefined,
      },
    });
    for (const tick of [60, 200, 361, 371]) await evaluateAlerts(at(tick));
    expect((await rows("notice_outbox")).map(({ kind }) => kind)).toEqual([
      "incident_opened",
      "condition_cleared",
    ]);
    expect(await rows("incident")).toMatchObject([{ state: "open" }]);
  });

  test("in planned maintenance is recorded, and told to nobody", async () => {
    const system = await db().prisma.system.create({
      data: { name: `RIS ${round}`, kind: "other", sourceId, changedBy: "test", changedAt: now },
    });
    await db().prisma.systemMaintenance.create({
      data: { systemId: system.id, fromAt: at(-600), untilAt: at(15), what: "disks", plannedBy: "test" },
    });
    await fail("Orders", 5);
    await evaluateAlerts(at(0));
    expect(await rows("condition")).toMatchObject([{ state: "suppressed", suppressed_by: "maintenance" }]);
    expect(await rows("notice_outbox")).toEqual([]);
    await evaluateAlerts(at(20));
    expect(await rows("notice_outbox")).toHaveLength(1);
  });
});

test("one failure that nothing followed on a quiet link is recorded, and told to nobody", async () => {
  await fail("Quiet", 1, { receivedAt: at(-20 * 60) });
  await evaluateAlerts(at(0));
  expect(await rows("condition")).toMatchObject([{ state: "suppressed", suppressed_by: "low_traffic" }]);
  expect(await rows("incident")).toEqual([]);
  expect(await rows("notice_outbox")).toEqual([]);
});
