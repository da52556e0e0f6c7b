import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import { type TrailFilter, type TrailSort, trailSortKeys } from "@/lib/core/audit/trail-filter";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { appendAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { listTrail, type TrailPage, type TrailRow } from "@/lib/services/own-audit/list-trail";
import { readTrailLine } from "@/lib/services/own-audit/read-trail-line";
import { readTrailStatus } from "@/lib/services/own-audit/read-trail-status";
import { reportTrail } from "@/lib/services/own-audit/report-trail";
import { sealTrail } from "@/lib/services/own-audit/seal-trail";
import { witnessHead } from "@/lib/services/own-audit/witness-head";
import { asOwner, withInstallation } from "@/tests/support/backups";

const place = withInstallation();
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
  await place().db.prisma.user.create({
    data: { id: alice, email: "alice@example.org", name: "Alice Ng", passwordHash: "x" },
  });
  await inTransaction(async (tx) => {
    for (let i = 0; i < 120; i++) await appendAudit(tx, aLine(i));
  });
});

const list = async (filter: TrailFilter = {}) =>
  (await listTrail(officer, { range, filter, size: 200 })).rows.map(({ entityId }) => Number(entityId));
const numberOf = ({ entityId }: TrailRow) => Number(entityId);

/** Every line, taken off in pages of 25. */
async function walk(sort: TrailSort): Promise<readonly TrailRow[]> {
  const seen: TrailRow[] = [];
  let cursor: TrailPage["older"];
  do {
    const page = await listTrail(officer, { range, sort, size: 25, ...(cursor ? { cursor } : {}) });
    seen.push(...page.rows);
    cursor = page.older;
  } while (cursor !== undefined);
  return seen;
}

const sortedBy: Readonly<Record<TrailSort["key"], (row: TrailRow) => string>> = {
  at: ({ at }) => at.toISOString(),
  person: ({ actorName, actorId }) => (actorName ?? actorId).toLowerCase(),
  action: ({ action }) => action,
  // Numbers of one length, so that every collation agrees.
  entity: ({ entityType }) => entityType,
  outcome: ({ outcome }) => outcome,
};
const byCodeUnit = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const part of parts) text += part;
  return text;
}

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
    expect((await walk({ key: "at", direction: "desc" })).map(numberOf)).toEqual(numbers);
    expect((await walk({ key: "at", direction: "asc" })).map(numberOf)).toEqual(numbers.toReversed());
  });

  test.each(trailSortKeys)("is sorted by %s both ways, page by page", async (key) => {
    const up = await walk({ key, direction: "asc" });
    expect(new Set(up.map(numberOf)).size).toBe(120);
    const values = up.map((row) => sortedBy[key](row));
    expect(values).toEqual(values.toSorted(byCodeUnit));
    expect(await walk({ key, direction: "desc" })).toEqual(up.toReversed());
  });

  test("goes back a page to where it was", async () => {
    const ask = { range, size: 25, sort: { key: "person", direction: "asc" } };
    const first = await listTrail(officer, ask);
    const second = await listTrail(officer, { ...ask, cursor: first.older });
    expect((await listTrail(officer, { ...ask, cursor: second.newer })).rows).toEqual(first.rows);
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

  test("proves one line, and says what does not hold once it was changed", async () => {
    const [row] = (await listTrail(officer, { range, size: 1 })).rows;
    const id = row?.id ?? "";
    await sealTrail({ now: () => new Date() });
    const line = await readTrailLine(officer, { id });
    expect(line.sealed).toMatchObject({ block: 1, proof: { kind: "proven" } });
    expect(line.leaf.entityId).toBe("119");
    await asOwner(place(), `UPDATE signal.audit_leaf SET outcome = 'failure' WHERE id = ${id}`);
    const changed = await readTrailLine(officer, { id });
    expect(changed.sealed?.proof).toEqual({ kind: "broken", finding: "leaf-changed" });
    await asOwner(place(), `UPDATE signal.audit_leaf SET outcome = 'success' WHERE id = ${id}`);
    await expect(readTrailLine(officer, { id: "999999" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("is taken off whole as NDJSON and CSV, in the order asked for, and that is written down", async () => {
    const ask = { range, filter: { action: "D" }, sort: { key: "at", direction: "asc" } };
    const wanted = numbers.filter((n) => n % 5 === 0).toReversed();
    const lines = (await textOf(await reportTrail(officer, { ...ask, format: "ndjson" })))
      .trimEnd()
      .split("\n");
    const parsed = lines.map((line) => JSON.parse(line));
    expect(parsed.at(-1)).toEqual({ kind: "end", rows: wanted.length });
    expect(parsed.slice(0, -1).map(({ entityId }) => Number(entityId))).toEqual(wanted);
    const csv = await textOf(await reportTrail(officer, { ...ask, format: "csv" }));
    expect(csv.trimEnd().split("\r\n")).toHaveLength(wanted.length + 1);
    const { rows } = await place().db.pool.query(
      "SELECT detail FROM signal.audit_leaf WHERE entity_id = 'report' ORDER BY id DESC LIMIT 1",
    );
    expect(rows[0]?.detail).toMatchObject({ format: "csv", filteredBy: ["action"] });
  });

  test("leaves nothing in a report that a spreadsheet would compute", async () => {
    const at = new Date("2026-05-01T00:00:00Z");
    await inTransaction((tx) => appendAudit(tx, { ...aLine(1), at, entityId: "=1+1" }));
    const day = { from: at, to: new Date("2026-05-02T00:00:00Z") };
    expect(await textOf(await reportTrail(officer, { range: day, format: "csv" }))).toContain(",'=1+1,");
  });

  test("is closed to whoever may only see what engines wrote down", async () => {
    const analyst: Actor = { ...officer, grants: everywhere("interface-analyst") };
    await expect(listTrail(analyst, { range })).rejects.toMatchObject({ code: "forbidden" });
    await expect(reportTrail(analyst, { range, format: "csv" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(readTrailLine(analyst, { id: "1" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(readTrailStatus(analyst, {})).rejects.toMatchObject({ code: "forbidden" });
  });
});
