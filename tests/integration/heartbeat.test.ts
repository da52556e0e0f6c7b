import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { raiseNotice } from "@/lib/db/notice-outbox";
import { inTransaction } from "@/lib/db/transaction";
import { heartbeat } from "@/lib/jobs/heartbeat";
import { startReceiver } from "@/tests/support/notice-receivers";
import { aNotice } from "@/tests/support/notices";
import { withStorage } from "@/tests/support/storage";

const receiver = await startReceiver();
vi.stubEnv("SIGNALBOX_HEARTBEAT_URL", `${receiver.url}/ping`);
const db = withStorage();
afterAll(() => receiver.stop());

const beat = () => heartbeat.run({ signal: new AbortController().signal, now: () => new Date() });

beforeEach(async () => {
  receiver.posts.length = 0;
  await db().pool.query("DELETE FROM signal.notice_outbox");
  await db().pool.query("DELETE FROM signal.lease");
});

async function workersRun(): Promise<void> {
  for (const role of ["collector", "jobs"]) {
    await db().pool.query(
      "INSERT INTO signal.lease (name, holder, expires_at) VALUES ($1, 'test', now() + interval '1 minute')",
      [`worker:${role}:test`],
    );
  }
}

test("goes out while collector and jobs run", async () => {
  await workersRun();
  await beat();
  expect(receiver.posts.map(({ path }) => path)).toEqual(["/ping"]);
});

test("stays away when nothing takes messages in", async () => {
  await beat();
  expect(receiver.posts).toEqual([]);
});

test("stays away when a notice was raised and is not told", async () => {
  await workersRun();
  const raisedAt = new Date(Date.now() - 300_000);
  await inTransaction((tx) => raiseNotice(tx, aNotice({ raisedAt })));
  await beat();
  expect(receiver.posts).toEqual([]);
});
