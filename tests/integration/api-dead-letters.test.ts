import { beforeAll, describe, expect, test } from "vitest";
import { mirth } from "@/lib/connectors/mirth/index";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import type { Reject } from "@/lib/core/message/schema";
import { keepRejects } from "@/lib/ingest/keep-rejects";
import { countDeadLetters } from "@/lib/services/dead-letters/count-dead-letters";
import { discardDeadLetter } from "@/lib/services/dead-letters/discard-dead-letter";
import { listDeadLetters } from "@/lib/services/dead-letters/list-dead-letters";
import { readDeadLetter } from "@/lib/services/dead-letters/read-dead-letter";
import { retryDeadLetter } from "@/lib/services/dead-letters/retry-dead-letter";
import { claimItem } from "@/lib/services/work/claim-item";
import { aDelivery, addSource, withStorage } from "@/tests/support/storage";

const analyst: Actor = {
  kind: "user",
  id: "3f0c2a1e-0000-4000-8000-000000000002",
  name: "An analyst",
  email: "analyst@example.org",
  grants: everywhere("interface-analyst"),
  factorAt: new Date(),
};
const reporter: Actor = { ...analyst, grants: everywhere("reporter") };
const db = withStorage();
const now = new Date();
let sourceId = 0;

beforeAll(async () => {
  sourceId = await addSource(db(), "feed");
});

async function keep(reject: Partial<Reject>): Promise<string> {
  const whole: Reject = { reason: "invalid_item", detail: "", contentKind: "item", payload: "", ...reject };
  const [id = ""] = await keepRejects({ sourceId, rejects: [whole], now });
  return id;
}

function delivery(messageId: string) {
  return aDelivery({ messageId, receivedAt: new Date(now.getTime() - 60_000) });
}

async function letter(id: string) {
  const { rows } = await db().pool.query(
    "SELECT state, attempts, result, settled_at IS NOT NULL AS settled FROM signal.dead_letter WHERE id = $1",
    [id],
  );
  return rows[0];
}

async function auditOf(id: string) {
  const { rows } = await db().pool.query(
    "SELECT action, permission, detail FROM signal.audit_leaf WHERE entity_type = 'dead_letter' AND entity_id = $1",
    [id],
  );
  return rows;
}

describe("retrying a dead letter", () => {
  test("that this release can read stores it, resolves the letter and is audited", async () => {
    const id = await keep({ payload: JSON.stringify(delivery("mended")) });
    expect(await retryDeadLetter(analyst, { id })).toMatchObject({ state: "resolved", result: "1 created" });
    expect(await letter(id)).toMatchObject({ state: "resolved", attempts: 1, settled: true });
    expect(await auditOf(id)).toMatchObject([
      { action: "E", permission: "dead-letter.retry", detail: { state: "resolved", result: "1 created" } },
    ]);
    const { rows } = await db().pool.query(
      "SELECT count(*)::int AS n FROM signal.delivery WHERE engine_message_id = 'mended'",
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  test("that is still wrong leaves it open, counts the attempt and keeps the result", async () => {
    const id = await keep({ payload: '{"kind":"delivery"}' });
    expect(await retryDeadLetter(analyst, { id })).toMatchObject({ state: "open" });
    expect(await letter(id)).toMatchObject({
      state: "open",
      attempts: 2,
      result: "1 rejected (invalid_item)",
    });
  });

  test("of a whole body stores what is good; what is not gets letters of its own", async () => {
    const payload = JSON.stringify([delivery("of a body"), { kind: "nothing" }]);
    const id = await keep({ reason: "unparseable", contentKind: "body", payload });
    expect(await retryDeadLetter(analyst, { id })).toMatchObject({
      state: "resolved",
      result: "1 created, 1 rejected (invalid_item)",
    });
  });

  test("of a connector reads its payload by the connector's own normalise", async () => {
    const { rows } = await db().pool.query<{ id: number }>(
      `INSERT INTO public.source (kind, name, config) VALUES ('mirth', 'engine', $1) RETURNING id`,
      [JSON.stringify(mirth.config.parse({ url: "https://engine.example.org:8443", username: "reader" }))],
    );
    const page = { kind: "system", readAtMs: now.getTime(), clockSkewMs: 7 };
    const reject = {
      reason: "unknown_shape",
      detail: "",
      contentKind: "wire",
      payload: JSON.stringify(page),
    } as const;
    const [id = ""] = await keepRejects({ sourceId: rows[0]?.id ?? 0, rejects: [reject], now });
    expect(await retryDeadLetter(analyst, { id })).toMatchObject({ state: "resolved", result: "1 created" });
  });

  test("twice is refused once it is resolved, and to those who may not", async () => {
    const id = await keep({ payload: JSON.stringify(delivery("twice")) });
    await expect(retryDeadLetter(reporter, { id })).rejects.toMatchObject({ code: "forbidden" });
    await retryDeadLetter(analyst, { id });
    await expect(retryDeadLetter(analyst, { id })).rejects.toMatchObject({ code: "conflict" });
    await expect(retryDeadLetter(analyst, { id: "999999" })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("dead letters", () => {
  test("are paged without gaps or repeats, last seen first", async () => {
    const wanted = await Promise.all(
      Array.from({ length: 7 }, (_, i) => keep({ reason: "unknown_interface", payload: `p${i}` })),
    );
    const seen: string[] = [];
    let after: { lastSeen: Date; id: string } | undefined;
    do {
      const page = await listDeadLetters(analyst, { reason: "unknown_interface", limit: 3, after });
      seen.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      after = last && { lastSeen: last.lastSeen, id: last.id };
    } while (after !== undefined);
    expect([...seen].sort()).toEqual([...wanted].sort());
    expect(await countDeadLetters(analyst, {})).toContainEqual(
      expect.objectContaining({ sourceName: "feed", reason: "unknown_interface", letters: 7 }),
    );
  });

  test("can be discarded with a reason, which stays on record", async () => {
    const id = await keep({ payload: "rubbish" });
    await discardDeadLetter(analyst, { id, because: "test message of the vendor" });
    expect(await letter(id)).toMatchObject({ state: "discarded", result: "test message of the vendor" });
    await expect(discardDeadLetter(analyst, { id, because: "again" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("lie sealed in the database and stay closed where message content is closed", async () => {
    const id = await keep({ payload: "a secret of the sender" });
    const { rows } = await db().pool.query("SELECT payload FROM signal.dead_letter WHERE id = $1", [id]);
    expect(rows[0]?.payload.toString("latin1")).not.toContain("secret");
    const unproved = { ...analyst, factorAt: undefined };
    for (const read of [readDeadLetter, (who: Actor) => claimItem(who, { kind: "dead-letter", id })]) {
      await expect(read(unproved, { id })).rejects.toMatchObject({ code: "not_available" });
    }
    expect(await auditOf(id)).toEqual([]);
  });
});
