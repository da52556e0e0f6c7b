import { beforeAll, describe, expect, test } from "vitest";
import type { Role } from "@/lib/core/authz/role";
import { storeBatch } from "@/lib/ingest/pipeline";
import { rollUp } from "@/lib/jobs/roll-up";
import { countDeadLetters } from "@/lib/services/dead-letters/count-dead-letters";
import { discardDeadLetter } from "@/lib/services/dead-letters/discard-dead-letter";
import { findLetter } from "@/lib/services/dead-letters/find-letter";
import { listDeadLetters } from "@/lib/services/dead-letters/list-dead-letters";
import { confirmMapping } from "@/lib/services/interfaces/confirm-mapping";
import { interfaceCsv } from "@/lib/services/interfaces/interface-csv";
import { listChanges } from "@/lib/services/interfaces/list-changes";
import { listInterfaceNames } from "@/lib/services/interfaces/list-interface-names";
import { listInterfaces } from "@/lib/services/interfaces/list-interfaces";
import { readCounters } from "@/lib/services/interfaces/read-counters";
import { readInterface } from "@/lib/services/interfaces/read-interface";
import { readQueues } from "@/lib/services/interfaces/read-queues";
import { readReasons } from "@/lib/services/interfaces/read-reasons";
import { updateInterface } from "@/lib/services/interfaces/update-interface";
import { listMessages } from "@/lib/services/messages/list-messages";
import { readMessage } from "@/lib/services/messages/read-message";
import { searchMessages } from "@/lib/services/messages/search-messages";
import { queryMetrics } from "@/lib/services/metrics/query-metrics";
import { readHeatmap } from "@/lib/services/metrics/read-heatmap";
import { readLegTotals } from "@/lib/services/metrics/read-leg-totals";
import { readSeries } from "@/lib/services/metrics/read-series";
import { readOverview } from "@/lib/services/overview/read-overview";
import { claimItem } from "@/lib/services/work/claim-item";
import { listClaims } from "@/lib/services/work/list-claims";
import { aPerson } from "@/tests/support/people";
import { aDelivery, addSource, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();
const now = new Date("2026-03-10T12:00:00Z");
const range = { from: new Date("2026-03-10T00:00:00Z"), to: now };
const at = new Date("2026-03-10T02:00:00Z");
const departments = ["Radiology", "Laboratory", null] as const;
const names = ["Radiology", "Laboratory", "nobody"] as const;
type Name = (typeof names)[number];

type Place = { readonly interfaceId: number; readonly legIds: readonly number[]; readonly sourceId: number };
const places = new Map<Name, Place>();

/** One source with one interface a department, each with one failed message and one letter that could not be stored. */
beforeAll(async () => {
  for (const [i, name] of names.entries()) {
    const sourceId = await addSource(db(), `engine of ${name}`);
    const leg = {
      interface: "c",
      messageId: "1",
      receivedAt: at,
      controlId: "SAME",
      accession: "A1",
    } as const;
    await storeBatch({
      sourceId,
      now,
      batch: {
        items: batchOf(
          {
            kind: "interface",
            interface: "c",
            name: `Feed of ${name}`,
            legs: [
              { leg: "0", name: "in", direction: "source", ordinal: 0 },
              { leg: "1", name: "out", direction: "destination", ordinal: 1 },
            ],
          },
          { kind: "change", interface: "c", at, change: "deployed" },
          { kind: "gauge", interface: "c", leg: "1", metric: "queueDepth", at, value: 7 },
          aDelivery({ ...leg, leg: "0", direction: "source" }),
          aDelivery({ ...leg, outcome: "failed", state: "error", reason: "tls" }),
        ).items,
        rejects: [{ reason: "unparseable", detail: "", contentKind: "json", payload: `letter of ${name}` }],
      },
    });
    const row = await db().prisma.interface.findFirstOrThrow({
      where: { sourceId },
      include: { legs: true },
    });
    await db().prisma.interface.update({
      where: { id: row.id },
      data: { department: departments[i] ?? null },
    });
    places.set(name, { interfaceId: row.id, legIds: row.legs.map(({ id }) => id).sort(), sourceId });
  }
  await rollUp.run({ signal: new AbortController().signal, now: () => now });
});

function placeOf(name: Name): Place {
  const place = places.get(name);
  if (place === undefined) throw new Error("The place must exist.");
  return place;
}
const allLegs = () => [...places.values()].flatMap(({ legIds }) => legIds);
const inRadiology = (role: Role) => aPerson([{ role, department: "Radiology" }]);
const analyst = inRadiology("interface-analyst");
const everywhere = aPerson([{ role: "interface-analyst", department: undefined }]);
const chart = { range, bucket: { unit: "hour", count: 1 }, zone: "UTC" } as const;

describe("an analyst of one department", () => {
  test("sees her interfaces alone in every list; one who is an analyst everywhere sees all", async () => {
    const lists = async (actor: typeof analyst) => [
      (await listInterfaceNames(actor, {})).map(({ name }) => name),
      (await listInterfaces(actor, { range, sort: "name", direction: "asc" })).rows.map(({ of }) => of.name),
      (await readOverview(actor, { range, zone: "UTC" })).rows.map(({ of }) => of.name).sort(),
    ];
    const all = ["Feed of Laboratory", "Feed of Radiology", "Feed of nobody"];
    expect(await lists(analyst)).toEqual([
      ["Feed of Radiology"],
      ["Feed of Radiology"],
      ["Feed of Radiology"],
    ]);
    for (const list of await lists(everywhere)) expect([...list].sort()).toEqual(all);
  });

  test.each(["Laboratory", "nobody"] as const)("does not find the interface of %s", async (name) => {
    const { interfaceId } = placeOf(name);
    const missing = { code: "not_found" };
    await expect(readInterface(analyst, { interfaceId, range })).rejects.toMatchObject(missing);
    await expect(interfaceCsv(analyst, { interfaceId, range, zone: "UTC" })).rejects.toMatchObject(missing);
    await expect(updateInterface(analyst, { ...details, interfaceId })).rejects.toMatchObject(missing);
    await expect(confirmMapping(analyst, { interfaceId })).rejects.toMatchObject(missing);
    expect(await listChanges(analyst, { interfaceId, range })).toEqual([]);
    expect(await listChanges(everywhere, { interfaceId, range })).not.toEqual([]);
  });

  test("opens, describes and keeps her own", async () => {
    const { interfaceId } = placeOf("Radiology");
    expect((await readInterface(analyst, { interfaceId, range })).record.name).toBe("Feed of Radiology");
    expect(await listChanges(analyst, { interfaceId, range })).not.toEqual([]);
    expect(await updateInterface(analyst, { ...details, interfaceId })).toContain("owner");
    await expect(
      updateInterface(analyst, { ...details, interfaceId, department: "Laboratory" }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

const details = {
  sender: "",
  messageClass: "",
  department: "Radiology",
  owner: "Somebody",
  criticality: "normal",
};

describe("figures", () => {
  test("come from her legs alone, whichever are asked for", async () => {
    const own = placeOf("Radiology").legIds;
    const legIds = allLegs();
    const ids = (rows: readonly { readonly legId: number }[]) => rows.map(({ legId }) => legId).sort();
    expect(ids(await readLegTotals(analyst, { legs: "all", range }))).toEqual(own);
    expect(ids(await readLegTotals(analyst, { legs: legIds, range }))).toEqual(own);
    expect(ids(await readLegTotals(everywhere, { legs: legIds, range }))).toEqual([...legIds].sort());
    expect([...(await readQueues(analyst, { ...chart, legIds })).highs.keys()].sort()).toEqual(own);
    expect([...(await readCounters(analyst, { ...chart, legIds })).rises.keys()].sort()).toEqual(own);
    expect(ids(await readReasons(analyst, { legIds, range }))).toEqual([own[1]]);
    expect(ids(await readReasons(everywhere, { legIds, range }))).toHaveLength(3);
    const names = (await queryMetrics(analyst, { range })).map((row) => row.interface);
    expect(new Set(names)).toEqual(new Set(["Feed of Radiology"]));
  });

  test.each([
    { scope: "every leg", timed: 1, ask: () => ({ all: "destination" as const }) },
    { scope: "the legs of all departments", timed: 2, ask: () => ({ legIds: allLegs() }) },
  ])("of $scope add up her own messages, not those of others", async ({ timed, ask }) => {
    const failed = async (actor: typeof analyst) =>
      (await readSeries(actor, { ...chart, scope: ask() })).buckets.reduce(
        (sum, { measured }) => sum + (measured?.counts.failed ?? 0),
        0,
      );
    expect(await failed(analyst)).toBe(1);
    expect(await failed(everywhere)).toBe(3);
    const inCells = async (actor: typeof analyst) =>
      (await readHeatmap(actor, { ...chart, scope: ask() })).columns
        .flatMap(({ counts }) => counts ?? [])
        .reduce((sum, count) => sum + count, 0);
    expect([await inCells(analyst), await inCells(everywhere)]).toEqual([timed, 3 * timed]);
  });
});

describe("messages", () => {
  test("are listed and found on her interfaces alone", async () => {
    const listed = await listMessages(analyst, { range });
    expect(listed.rows.map((row) => row.interface)).toEqual(["Feed of Radiology", "Feed of Radiology"]);
    const other = await listMessages(analyst, {
      range,
      filter: { interfaceId: placeOf("Laboratory").interfaceId },
    });
    expect(other.rows).toEqual([]);
    for (const text of ["SAME", "A1"]) {
      const found = await searchMessages(analyst, { text });
      expect(new Set(found.rows.map((row) => row.interface))).toEqual(new Set(["Feed of Radiology"]));
      expect(
        new Set((await searchMessages(everywhere, { text })).rows.map((row) => row.interface)).size,
      ).toBe(3);
    }
  });

  test("of others cannot be opened, and are not told of as related", async () => {
    const placed = async (name: Name) => {
      const [, legId] = placeOf(name).legIds;
      const { rows } = await db().pool.query("SELECT id::text FROM signal.delivery WHERE leg_id = $1", [
        legId,
      ]);
      return { legId, receivedAt: at, id: String(rows[0]?.id) };
    };
    await expect(readMessage(analyst, await placed("Laboratory"))).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await readMessage(analyst, await placed("Radiology"))).sameControlId).toEqual([]);
    expect((await readMessage(everywhere, await placed("Radiology"))).sameControlId).toHaveLength(4);
  });
});

describe("dead letters", () => {
  test("are those of sources whose every interface is hers", async () => {
    const own = placeOf("Radiology").sourceId;
    const sources = (rows: readonly { readonly sourceId: number }[]) => rows.map(({ sourceId }) => sourceId);
    expect(sources(await listDeadLetters(analyst, {}))).toEqual([own]);
    expect(sources(await countDeadLetters(analyst, {}))).toEqual([own]);
    expect(await countDeadLetters(everywhere, {})).toHaveLength(3);
    const foreign = (await listDeadLetters(everywhere, {})).find(({ sourceId }) => sourceId !== own);
    await expect(discardDeadLetter(analyst, { id: foreign?.id, because: "not hers" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("of others are not told of by those who work on them, nor opened", async () => {
    const letters = await listDeadLetters(everywhere, {});
    for (const { id } of letters) await claimItem(everywhere, { kind: "dead-letter", id });
    const [own] = await listDeadLetters(analyst, {});
    const { mine, others } = await listClaims(analyst, {});
    expect(mine).toEqual([]);
    expect(others.map(({ id }) => id)).toEqual([own?.id]);
    for (const { id } of letters.filter((letter) => letter.id !== own?.id)) {
      await expect(findLetter(analyst, { id })).rejects.toMatchObject({ code: "not_found" });
      await expect(claimItem(analyst, { kind: "dead-letter", id })).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });
});
