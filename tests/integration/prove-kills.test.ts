import { beforeAll, describe, expect, it } from "vitest";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import { storeBatch } from "@/lib/ingest/pipeline";
import { rollUp } from "@/lib/jobs/roll-up";
import { ensureBuilt } from "@/scripts/prepare/build";
import { countAfterKills } from "@/tests/prove/kill-count";
import { proveKills } from "@/tests/prove/kills";
import { aDelivery, addSource, batchOf, testNow, withStorage } from "@/tests/support/storage";

const KILLS = 4;
/** With this seed web, worker, one server process and the whole server are killed once each. */
const SEED = 1;

describe(`${KILLS} kills under load through both doors, seed ${SEED}`, () => {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);

  beforeAll(() => ensureBuilt({ say }), 600_000);

  it("lose nothing that was acknowledged, and count nothing twice", { timeout: 300_000 }, async () => {
    const verdict = await proveKills({ n: KILLS, seed: SEED, say });
    expect(verdict, said.join("\n")).toMatchObject({ kills: KILLS, lost: 0, doubled: 0, refused: 0 });
    expect(verdict.targets).toEqual({ web: 1, worker: 1, backend: 1, postmaster: 1 });
    expect(verdict.deliveries).toBeGreaterThan(0);
  });
});

describe("the count behind the proof", () => {
  const db = withStorage();
  const acked: readonly DeliveryObservation[] = ["1", "2", "3"].map((messageId) => aDelivery({ messageId }));
  let sourceId = 0;

  beforeAll(async () => {
    sourceId = await addSource(db(), "engine");
    await storeBatch({ sourceId, batch: batchOf(...acked), now: testNow });
    await rollUp.run({ signal: new AbortController().signal, now: () => testNow });
  });

  it("agrees with what was stored", async () => {
    expect(await countAfterKills(sourceId, acked)).toEqual({ deliveries: 3, lost: 0, doubled: 0 });
  });

  it("finds one that was acknowledged and is neither stored nor counted", async () => {
    const more = [...acked, aDelivery({ messageId: "4" })];
    // Lost as a fact, and from each tier as one ok, one first ok and one latency.
    expect(await countAfterKills(sourceId, more)).toEqual({ deliveries: 4, lost: 4, doubled: 0 });
  });

  it("finds one that nobody sent", async () => {
    expect(await countAfterKills(sourceId, acked.slice(1))).toEqual({ deliveries: 2, lost: 0, doubled: 4 });
  });

  it("finds one that a single tier counted twice", async () => {
    await db().pool.query("UPDATE signal.rollup_hour SET ok = ok + 1");
    expect(await countAfterKills(sourceId, acked)).toEqual({ deliveries: 3, lost: 0, doubled: 1 });
  });
});
