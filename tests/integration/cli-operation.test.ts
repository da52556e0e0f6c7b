import { beforeAll, describe, expect, test } from "vitest";
import { keepRejects } from "@/lib/ingest/keep-rejects";
import { storeBatch } from "@/lib/ingest/pipeline";
import { rollUp } from "@/lib/jobs/roll-up";
import { asOwner, withInstallation } from "@/tests/support/backups";
import { documentOf, signalbox } from "@/tests/support/command-line";
import { aDelivery, batchOf } from "@/tests/support/storage";

const place = withInstallation();
const now = new Date();
let sourceId = 0;

beforeAll(async () => {
  const { id } = await place().db.prisma.source.create({ data: { kind: "push", name: "feed", config: {} } });
  sourceId = id;
});

describe("figures", () => {
  const hour = 3_600_000;
  const from = new Date(Math.floor(now.getTime() / hour) * hour - 3 * hour);
  const to = new Date(from.getTime() + 2 * hour);
  const range = `--from ${from.toISOString()} --to ${to.toISOString()}`;

  beforeAll(async () => {
    const at = (minutes: number) => new Date(from.getTime() + minutes * 60_000);
    const items = [
      aDelivery({ messageId: "1", receivedAt: at(5) }),
      aDelivery({
        messageId: "2",
        receivedAt: at(65),
        outcome: "failed",
        firstOutcome: "failed",
        state: "error",
      }),
      aDelivery({ messageId: "3", receivedAt: at(66), firstOutcome: "failed" }),
      aDelivery({ messageId: "3", receivedAt: at(66), leg: "0", direction: "source" }),
    ];
    await storeBatch({ sourceId, batch: batchOf(...items), now });
    await rollUp.run({ signal: new AbortController().signal, now: () => now });
  });

  test("are an array of rows, a leg each", async () => {
    const end = await signalbox(`query ${range} --json`);
    const rows = documentOf(end);
    const destination = {
      interface: "channel-1",
      leg: "1",
      direction: "destination",
      ok: 2,
      failed: 1,
      filtered: 0,
      pending: 0,
      firstFailed: 2,
      failureRate: 1 / 3,
      queueDepth: null,
    };
    expect(rows).toEqual([
      expect.objectContaining({
        interface: "channel-1",
        direction: "source",
        ok: 1,
        failed: 0,
        failureRate: 0,
      }),
      expect.objectContaining(destination),
    ]);
    const { p50, p95, p99 } = Object(Object(rows)[1]);
    // 120 ms each; the buckets of the histogram are exact to 1 %.
    for (const figure of [p50, p95, p99]) expect(Math.abs(figure - 120)).toBeLessThanOrEqual(1.2);
  });

  test("come for one leg and by bucket, too", async () => {
    const end = await signalbox(`query ${range} --interface channel-1 --leg 1 --bucket hour --json`);
    expect(documentOf(end)).toMatchObject([
      { leg: "1", bucketStart: from.toISOString(), ok: 1, failed: 0, queueDepth: null },
      { leg: "1", ok: 1, failed: 1, firstFailed: 2 },
    ]);
  });

  test("are a table for people", async () => {
    const end = await signalbox(`query ${range} --leg 1`);
    const [head, row, ...others] = end.stdout.trimEnd().split("\n");
    expect(head).toMatch(/^interface +leg +direction +ok +failed /);
    expect(row).toMatch(/^channel-1 +1 +destination +2 +1 .* 33\.33 % /);
    expect(others).toEqual([]);
  });

  test("need a range that can be read", async () => {
    expect(await signalbox("query --from yesterday --to 2026-01-01T00:00:00Z")).toMatchObject({
      code: 2,
      stdout: "",
    });
    const backwards = `query --from ${to.toISOString()} --to ${from.toISOString()} --json`;
    expect(await signalbox(backwards)).toMatchObject({ code: 1, stdout: "" });
  });

  test("health is a document", async () => {
    const end = await signalbox("health --json");
    expect({ code: end.code, document: documentOf(end) }).toMatchObject({
      code: 0,
      document: { status: "down", database: { reachable: true } },
    });
  });
});

describe("dead letters", () => {
  async function keep(payload: string): Promise<string> {
    const reject = { reason: "invalid_item", detail: "state", contentKind: "item", payload } as const;
    const [id = ""] = await keepRejects({ sourceId, rejects: [reject], now });
    return id;
  }

  test("are listed without content, retried one and all, and discarded with a reason", async () => {
    const readable = await keep(JSON.stringify(aDelivery({ messageId: "dead", receivedAt: now })));
    const hopeless = await keep('{"kind":"delivery","secret":"DOE^JOHN"}');
    const list = await signalbox("dead-letters list --source feed --json");
    expect(documentOf(list)).toMatchObject([{ id: hopeless }, { id: readable }]);
    expect(list.stdout).not.toContain("DOE");

    const all = await signalbox("dead-letters retry --all --json");
    expect({ code: all.code, document: documentOf(all) }).toMatchObject({
      code: 1,
      document: expect.arrayContaining([
        { id: readable, state: "resolved", result: "1 created" },
        expect.objectContaining({ id: hopeless, state: "open" }),
      ]),
    });
    expect(await signalbox(`dead-letters discard ${hopeless} --because test`)).toMatchObject({ code: 0 });
    const settled = await signalbox(`dead-letters retry ${hopeless} --json`);
    expect({ code: settled.code, document: documentOf(settled) }).toMatchObject({
      code: 1,
      document: [{ id: hopeless, state: "refused" }],
    });
  });
});

describe("backups", () => {
  test("are taken, verified and restored, and the hold is released", async () => {
    const taken = await signalbox("backup --json");
    const { file, rows } = Object(documentOf(taken));
    await asOwner(place(), "UPDATE public.source SET name = 'renamed'");

    const verified = await signalbox("backup verify --json");
    expect({ code: verified.code, document: documentOf(verified) }).toMatchObject({
      code: 0,
      document: { file, rows, different: 0 },
    });

    expect(await signalbox(`restore ${file} --json`)).toMatchObject({ code: 2, stdout: "" });
    const restored = await signalbox(`restore ${file} --yes --json`);
    expect({ code: restored.code, document: documentOf(restored) }).toMatchObject({
      code: 0,
      document: { rows },
    });
    expect(await asOwner(place(), "SELECT FROM public.source WHERE name = 'feed'")).toHaveLength(1);

    expect(await signalbox("hold release")).toMatchObject({ code: 2 });
    expect(documentOf(await signalbox("hold release --targets-read --json"))).toEqual({ released: true });
    expect(await signalbox("hold release --targets-read")).toMatchObject({ code: 1, stdout: "" });
  });
});
