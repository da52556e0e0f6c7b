import { describe, expect, test } from "vitest";
import { raiseNotice } from "@/lib/db/notice-outbox";
import { inTransaction } from "@/lib/db/transaction";
import { aNotice } from "@/tests/support/notices";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();

async function rows(key: string) {
  const found = await db().pool.query("SELECT * FROM signal.notice_outbox WHERE key = $1", [key]);
  return found.rows;
}

describe("a notice that is raised", () => {
  test("is in the outbox once, however often its key is raised", async () => {
    const notice = aNotice();
    expect(await inTransaction((tx) => raiseNotice(tx, notice))).toBe(true);
    expect(await inTransaction((tx) => raiseNotice(tx, notice))).toBe(false);
    expect(await rows(notice.key)).toMatchObject([
      { kind: "incident_opened", incident_id: notice.incidentId, count: 3, routed_at: null },
    ]);
  });

  test("is gone with the transaction that raised it", async () => {
    const notice = aNotice();
    const undone = inTransaction(async (tx) => {
      await raiseNotice(tx, notice);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await rows(notice.key)).toEqual([]);
  });

  test("keeps nothing that may name a patient", async () => {
    const notice = aNotice({ reason: "PID|1||4711^^^GENERAL||Canary^Anna" });
    await inTransaction((tx) => raiseNotice(tx, notice));
    expect(JSON.stringify(await rows(notice.key))).not.toMatch(/Canary|4711/);
  });

  test.each(["//evil.example", "/\\evil.example", "https://evil.example", ""])(
    "cannot lead out of the product: %s",
    async (path) => {
      await expect(inTransaction((tx) => raiseNotice(tx, aNotice({ path })))).rejects.toThrow();
    },
  );

  test("cannot hold a field more", async () => {
    const notice = { ...aNotice(), patient: "Canary" };
    await expect(inTransaction((tx) => raiseNotice(tx, notice))).rejects.toThrow();
  });
});
