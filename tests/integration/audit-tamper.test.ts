import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase, switchDatabase } from "@/lib/db/client";
import { tamperActs } from "@/tests/prove/tamper-acts";
import { tamperRepeatedly, verifyAsOwner } from "@/tests/prove/tamper-runs";
import { makeTrail, type WitnessedTrail } from "@/tests/prove/tamper-trail";
import { withTestDatabase } from "@/tests/support/database";
import { seededRandom } from "@/tests/support/random";

const place = withTestDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "signalbox-tamper-"));
let db: Database | undefined;
let trail: WitnessedTrail | undefined;

function made(): WitnessedTrail {
  if (trail === undefined) throw new Error("The trail exists only inside tests.");
  return trail;
}

beforeAll(async () => {
  db = openDatabase(place().appUrl);
  switchDatabase(db);
  trail = await makeTrail({ ownerUrl: place().ownerUrl, folder, leaves: 60, random: seededRandom(1) });
});
afterAll(async () => {
  switchDatabase(undefined);
  await db?.close();
  rmSync(folder, { recursive: true, force: true });
});

const verified = () => verifyAsOwner(place().ownerUrl, made());

test("a trail that nobody touched holds, and all of it is witnessed", async () => {
  expect(await verified()).toMatchObject({ ok: true, rows: 60, findings: 0, rowsNotWitnessed: 0 });
});

test("every kind of tampering by whoever owns the tables is found", async () => {
  const run = await tamperRepeatedly({
    ownerUrl: place().ownerUrl,
    trail: made(),
    n: Object.keys(tamperActs).length * 4,
    random: seededRandom(2),
  });
  expect(run.missed).toEqual([]);
  expect(run.found).toBe(run.tamperings);
  expect(Object.keys(run.tried).toSorted()).toEqual(Object.keys(tamperActs).toSorted());
  expect(await verified()).toMatchObject({ ok: true });
});
