import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Actor } from "@/lib/core/authz/actor";
import { type Database, openDatabase, switchDatabase } from "@/lib/db/client";
import { command } from "@/lib/services/command";
import { withTestDatabase } from "@/tests/support/database";
import { seededRandom, wholeBelow } from "@/tests/support/random";

const TRIALS = 240;
const system: Actor = { kind: "system", name: "test" };
const place = withTestDatabase();
let db: Database | undefined;
let owner: pg.Client | undefined;
let killer: pg.Client | undefined;

const asOwner = async (sql: string) => (await owner?.query(sql))?.rows ?? [];

beforeAll(async () => {
  db = openDatabase(place().appUrl);
  switchDatabase(db);
  owner = new pg.Client({ connectionString: place().ownerUrl });
  await owner.connect();
  // A role may end its own connections.
  killer = new pg.Client({ connectionString: place().appUrl });
  await killer.connect();
  // Refuses at COMMIT, after everything was written.
  await asOwner(`CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.entity_id LIKE '%commit%' THEN RAISE 'refused'; END IF; RETURN NULL; END $$`);
  await asOwner(`CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON signal.audit_leaf
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse()`);
});
afterAll(async () => {
  switchDatabase(undefined);
  await db?.close();
  await owner?.end();
  await killer?.end();
});

const faults = ["none", "before the line", "in the line", "at commit", "connection killed"] as const;

const act = command({
  permission: "setting.write",
  input: z.object({ key: z.string(), fault: z.enum(faults), killAfterMs: z.int() }),
  run: async ({ tx, input }) => {
    if (input.fault === "connection killed") {
      const [backend] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      kills.push(killLater(backend?.pid ?? 0, input.killAfterMs));
    }
    await tx.setting.create({ data: { key: input.key, value: 1 } });
    if (input.fault === "before the line") throw new Error("fault");
  },
  audit: ({ input }) => ({
    action: "C",
    entityType: "setting",
    entityId: input.key,
    // jsonb refuses NUL.
    detail: input.fault === "in the line" ? { text: "\0" } : {},
  }),
});

const kills: Promise<unknown>[] = [];

/** Somewhere between the act, its line and COMMIT: where it hits is left to chance. */
async function killLater(pid: number, afterMs: number): Promise<void> {
  await sleep(afterMs);
  await killer?.query("SELECT pg_terminate_backend($1)", [pid]);
}

describe("an act that fails", () => {
  test(`leaves both itself and its line, or neither, in each of ${TRIALS} trials`, async () => {
    const random = seededRandom(4);
    const done: Record<string, number> = {};
    for (let trial = 0; trial < TRIALS; trial++) {
      const fault = faults[trial % faults.length] ?? "none";
      const key = `${trial} ${fault}`;
      await act(system, { key, fault, killAfterMs: wholeBelow(random, 12) }).then(
        () => {
          done[fault] = (done[fault] ?? 0) + 1;
        },
        () => undefined,
      );
    }
    await Promise.all(kills);
    const halves = await asOwner(
      `SELECT coalesce(s.key, l.entity_id) AS key, q.leaf_id FROM public.setting s
       FULL JOIN signal.audit_leaf l ON l.entity_id = s.key LEFT JOIN signal.audit_unsealed q ON q.leaf_id = l.id
       WHERE s.key IS NULL OR l.id IS NULL OR q.leaf_id IS NULL`,
    );
    expect(halves).toEqual([]);
    // A kill may also hit the act after the one it was meant for; what must fail never came about.
    expect(Object.keys(done).filter((fault) => fault !== "connection killed")).toEqual(["none"]);
    const settings = await asOwner("SELECT key FROM public.setting");
    expect(settings.length).toBeGreaterThanOrEqual(Object.values(done).reduce((sum, acts) => sum + acts, 0));
  });
});
