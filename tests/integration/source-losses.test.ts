import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { everywhere } from "@/lib/core/authz/role";
import { ensurePartitions } from "@/lib/db/partitions";
import { readSourceLosses } from "@/lib/services/sources/read-losses";
import { aPerson } from "@/tests/support/people";
import { addSource, withStorage } from "@/tests/support/storage";

const db = withStorage();
const analyst = aPerson(everywhere("interface-analyst"));
let id: number;

beforeEach(async () => {
  await ensurePartitions("source_sample", { from: new Date(Date.now() - 2 * 86_400_000), to: new Date() });
  id = await addSource(db(), randomUUID(), "atna-syslog");
});

async function gauge(metric: string, hoursAgo: number, value: number | null): Promise<void> {
  const at = new Date(Date.now() - hoursAgo * 3_600_000);
  await db().pool.query(
    "INSERT INTO signal.source_sample (source_id, metric, at, value) VALUES ($1, $2, $3, $4)",
    [id, metric, at, value],
  );
}

test("a source that tells of no losses has none to show", async () => {
  expect(await readSourceLosses(analyst, { id })).toBeUndefined();
});

test("losses of a day are how often the counters rose, also when the port began anew", async () => {
  await gauge("droppedAuditMessages", 30, 1);
  await gauge("droppedAuditMessages", 23, 5);
  await gauge("droppedAuditMessages", 20, 9);
  await gauge("droppedAuditMessages", 10, 2);
  await gauge("droppedAuditMessages", 1, 3);
  await gauge("unreadDatagrams", 1, null);
  expect(await readSourceLosses(analyst, { id })).toEqual({ dropped: 7, unread: null });
});
