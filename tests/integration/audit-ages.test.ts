import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { appendAudit } from "@/lib/db/audit";
import { readTrailAges } from "@/lib/db/audit-ages";
import { inTransaction } from "@/lib/db/transaction";
import { readHealth } from "@/lib/services/health/read-health";
import { sealTrail } from "@/lib/services/own-audit/seal-trail";
import { witnessHead } from "@/lib/services/own-audit/witness-head";
import { asOwner, withInstallation } from "@/tests/support/backups";

const place = withInstallation();
const monitor: Actor = { kind: "system", name: "health" };
const HOUR_S = 3_600;

/** A line that is as old as this, in seconds. */
async function anAgedLine(ageS: number): Promise<void> {
  const leaf = {
    at: new Date(Date.now() - ageS * 1_000),
    actorKind: "system",
    actorId: "cli",
    action: "E",
    permission: "setting.write",
    entityType: "setting",
    entityId: "1",
    outcome: "success",
    detail: {},
    requestId: randomUUID(),
  } as const;
  await inTransaction((tx) => appendAudit(tx, leaf));
}

const problems = async () =>
  (await readHealth(monitor, {})).problems.filter((problem) => problem.includes("audit trail"));

beforeAll(() => asOwner(place(), "DELETE FROM signal.audit_unsealed", "DELETE FROM signal.audit_leaf"));

test("nothing that waits is no age at all", async () => {
  expect(await readTrailAges()).toEqual({ unsealedS: null, unwitnessedS: null, unmailedS: null });
  expect(await problems()).toEqual([]);
});

test("a line that waits for more than a minute is told, until it is sealed", async () => {
  await anAgedLine(2 * HOUR_S);
  await anAgedLine(1);
  expect((await readTrailAges()).unsealedS).toBeGreaterThanOrEqual(2 * HOUR_S);
  expect(await problems()).toEqual(["The audit trail is not being sealed."]);
  await sealTrail({ now: () => new Date() });
  expect(await problems()).toEqual([]);
});

test("a block that waits for more than an hour is told, until it is witnessed", async () => {
  await anAgedLine(1);
  await sealTrail({ now: () => new Date(Date.now() - 2 * HOUR_S * 1_000) });
  await witnessHead(new Date());
  expect((await readTrailAges()).unwitnessedS).toBeNull();
  await anAgedLine(1);
  await sealTrail({ now: () => new Date(Date.now() - 2 * HOUR_S * 1_000) });
  expect(await problems()).toEqual(["The audit trail was not witnessed for an hour."]);
  await witnessHead(new Date());
  expect(await problems()).toEqual([]);
});
