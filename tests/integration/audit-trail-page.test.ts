import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import type { TrailFilter } from "@/lib/core/audit/trail-filter";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { appendAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { listTrail } from "@/lib/services/own-audit/list-trail";
import { readTrailStatus } from "@/lib/services/own-audit/read-trail-status";
import { sealTrail } from "@/lib/services/own-audit/seal-trail";
import { witnessHead } from "@/lib/services/own-audit/witness-head";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const range = { from: new Date("2026-03-01T00:00:00Z"), to: new Date("2026-03-10T00:00:00Z") };
const alice = "6f1f1c3e-0000-4000-8000-00000000000a";
const officer: Actor = {
  kind: "user",
  id: "6f1f1c3e-0000-4000-8000-000000000002",
  name: "P",
  email: "p@example.org",
  grants: everywhere("privacy-officer"),
};

function aLine(number: number): AuditLeaf {
  return {
    // Three lines of each instant: the number decides among them.
    at: new Date(range.from.getTime() + Math.floor(number / 3) * 60_000),
    actorKind: number % 2 === 0 ? "user" : "system",
    actorId: number % 2 === 0 ? alice : "cli",
    action: number % 5 === 0 ? "D" : "R",
    permission: "setting.write",
    entityType: number % 5 === 0 ? "source" : "setting",
    entityId: String(number),
    outcome: number % 7 === 0 ? "denied" : "success",
    detail: {},
    requestId: randomUUID(),
  };
}

beforeAll(async () => {
  await db().prisma.user.create({
    data: { id: alice, email: "alice@example.org", name: "Alice Ng", passwordHash: "x" },
  });
  await inTransaction(async (tx) => {
    for (let i = 0; i < 120; i++) await appendAudit(tx, aLine(i));
  });
});

const list = async (filter: TrailFilter = {}) =>
  (await listTrail(officer, { range, filter, size: 200 })).rows.map(({ entityId }) => Number(entityId));
const numbers = Array.from({ length: 120 }, (_, i) => 119 - i);

describe("our own audit trail", () => {
  test("is searched by person, action, entity and outcome", async () => {
    expect(await list()).toEqual(numbers);
    expect(await list({ person: "alice n" })).toEqual(numbers.filter((n) => n % 2 === 0));
    expect(await list({ person: "CLI" })).toEqual(numbers.filter((n) => n % 2 === 1));
    expect(await list({ action: "D" })).toEqual(numbers.filter((n) => n % 5 === 0));
    expect(await list({ entity: "source 5" })).toEqual([55, 50, 5]);
    expect(await list({ outcome: "denied" })).toEqual(numbers.filter((n) => n % 7 === 0));
    expect(await list({ person: "nobody" })).toEqual([]);
  });

  test("pages through without a gap or a repeat, also among lines of one instant", async () => {
    const seen: number[] = [];
    let cursor: Awaited<ReturnType<typeof listTrail>>["older"];
    do {
      const page = await listTrail(officer, { range, size: 25, ...(cursor ? { cursor } : {}) });
      seen.push(...page.rows.map(({ entityId }) => Number(entityId)));
      cursor = page.older;
    } while (cursor !== undefined);
    expect(seen).toEqual(numbers);
  });

  test("says how far it is sealed and witnessed, and that it was read", async () => {
    const before = await readTrailStatus(officer, {});
    expect(before).toMatchObject({ lastBlock: undefined, lastWitness: undefined });
    expect(before.rowsNotWitnessed).toBe(before.rowsNotSealed);
    await sealTrail({ now: () => new Date() });
    await witnessHead(new Date());
    expect(await readTrailStatus(officer, {})).toMatchObject({
      lastBlock: { number: 1 },
      lastWitness: { number: 1 },
      rowsNotSealed: 0,
      rowsNotWitnessed: 0,
    });
    await list();
    expect((await readTrailStatus(officer, {})).rowsNotWitnessed).toBe(1);
  });

  test("is closed to whoever may only see what engines wrote down", async () => {
    const analyst: Actor = { ...officer, grants: everywhere("interface-analyst") };
    await expect(listTrail(analyst, { range })).rejects.toMatchObject({ code: "forbidden" });
    await expect(readTrailStatus(analyst, {})).rejects.toMatchObject({ code: "forbidden" });
  });
});
