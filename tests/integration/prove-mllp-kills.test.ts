import { describe, expect, it } from "vitest";
import { openDatabase } from "@/lib/db/client";
import { killListener } from "@/tests/prove/mllp-kills";
import { withTestDatabase } from "@/tests/support/database";

const KILLS = 2;
const SEED = 1;

describe(`${KILLS} kills of the worker while sixteen connections send to it, seed ${SEED}`, () => {
  const place = withTestDatabase();
  const said: string[] = [];

  it("lose no message that was answered, and double none", { timeout: 300_000 }, async () => {
    const { appUrl } = place();
    const db = openDatabase(appUrl, { maxConnections: 2 });
    const read = async (sql: string) => (await db.pool.query(sql)).rows;
    const say = (line: string) => void said.push(line);
    const verdict = await killListener({ n: KILLS, seed: SEED, say }, { appUrl, read });
    await db.close();
    expect(verdict, said.join("\n")).toMatchObject({ kills: KILLS, lost: 0, doubled: 0, refused: 0 });
    expect(verdict.acked).toBeGreaterThan(0);
  });
});
