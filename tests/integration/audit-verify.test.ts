import { appendFile, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { runJobs } from "@/lib/jobs/run-jobs";
import { witnessAudit } from "@/lib/jobs/witness-audit";
import { restoreBackup } from "@/lib/services/backup/restore-backup";
import { takeBackup } from "@/lib/services/backup/take-backup";
import { exportTrail } from "@/lib/services/own-audit/export-trail";
import { sealTrail } from "@/lib/services/own-audit/seal-trail";
import { verifyTrail } from "@/lib/services/own-audit/verify-trail";
import { witnessNow } from "@/lib/services/own-audit/witness-head";
import { verifyExport } from "@/scripts/verify-audit-export.mjs";
import { asOwner, withInstallation } from "@/tests/support/backups";
import { seededRandom, wholeBelow } from "@/tests/support/random";

const place = withInstallation();
const cli: Actor = { kind: "system", name: "cli" };
const witnessFile = () => path.join(place().folder, "audit-witness.ndjson");
const verify = (period: object = {}) => verifyTrail(cli, period);
const seal = () => sealTrail({ now: () => new Date() });

/** Puts the witness file back as it was. */
let before: string | undefined;
const keepWitness = async () => {
  before = await readFile(witnessFile(), "utf8");
  return before;
};
afterEach(async () => {
  if (before !== undefined) await writeFile(witnessFile(), before);
  before = undefined;
});

beforeAll(async () => {
  for (let i = 0; i < 4; i++) {
    await verify();
    await seal();
  }
  await witnessNow(cli, {});
});

describe("verifying the audit trail", () => {
  test("finds it whole, and counts what was not witnessed yet", async () => {
    const first = await verify();
    expect(first).toMatchObject({ ok: true, firstBad: undefined, findings: 0 });
    expect(first.lastWitness?.number).toBe(first.blocks);
    const second = await verify();
    expect(second.rowsNotWitnessed).toBe(first.rowsNotWitnessed + 1);
  });

  test("is itself written down, and is not for everybody", async () => {
    const [last] = await asOwner(
      place(),
      "SELECT entity_type FROM signal.audit_leaf ORDER BY id DESC LIMIT 1",
    );
    expect(last).toEqual({ entity_type: "audit-trail" });
    const reporter: Actor = {
      kind: "user",
      id: "r",
      name: "R",
      email: "r@example.org",
      grants: everywhere("reporter"),
    };
    await expect(verifyTrail(reporter, {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(witnessNow(reporter, {})).rejects.toMatchObject({ code: "forbidden" });
  });

  test("can be limited to when blocks were sealed", async () => {
    const [second] = await asOwner<{ at: Date }>(
      place(),
      "SELECT sealed_at AS at FROM signal.audit_block WHERE number = 2",
    );
    const all = await verify();
    expect(await verify({ from: second?.at })).toMatchObject({ ok: true, blocks: all.blocks - 1 });
    expect(await verify({ to: second?.at })).toMatchObject({ ok: true, blocks: 1 });
    expect(await verify({ to: new Date(0) })).toMatchObject({ ok: true, blocks: 0 });
  });
});

describe("the witness file", () => {
  test("is missed when it is gone although the database tells of witnesses", async () => {
    await keepWitness();
    await rename(witnessFile(), `${witnessFile()}.gone`);
    expect(await verify()).toMatchObject({ ok: false, firstBad: { kind: "witness-line-missing" } });
  });

  test("is not believed where a line was not signed", async () => {
    const text = await keepWitness();
    await writeFile(witnessFile(), text.replace(/"number":\d+/, '"number":1'));
    expect((await verify()).ok).toBe(false);
  });

  test("may hold a line that a power cut left half, and goes on behind it", async () => {
    await appendFile(witnessFile(), '{"kind":"head","at":"20');
    await seal();
    await witnessNow(cli, {});
    expect(await verify()).toMatchObject({ ok: true, unreadableWitnessLines: 1 });
  });

  test("is written when the worker that holds the job stops cleanly", async () => {
    await verify();
    await seal();
    const stopping = new AbortController();
    const running = runJobs({
      jobs: [{ ...witnessAudit, run: async () => stopping.abort() }],
      holder: "test",
      signal: stopping.signal,
      now: () => new Date(),
    });
    await running;
    const verdict = await verify();
    expect(verdict.lastWitness?.number).toBe(verdict.blocks);
  });
});

describe("an export", () => {
  const exported = (name: string) => path.join(place().folder, name);

  test("is checked without the database, also against the witness file", async () => {
    const file = exported("whole.ndjson");
    const { rows, keyIds } = await exportTrail(cli, { file });
    expect(await verifyExport({ file, witnessFile: witnessFile(), keyIds: [...keyIds] })).toMatchObject({
      ok: true,
      rows,
    });
    expect(await verifyExport({ file, keyIds: ["another"] })).toMatchObject({ ok: false });
    await expect(exportTrail(cli, { file })).rejects.toMatchObject({ code: "conflict" });
  });

  test("does not hold when any character of any line is another", async () => {
    const text = await readFile(exported("whole.ndjson"), "utf8");
    const random = seededRandom(3);
    const file = exported("changed.ndjson");
    const held: string[] = [];
    // What the head says of the export itself is not sealed.
    const start = text.indexOf("\n") + 1;
    for (let i = 0; i < 60; i++) {
      const at = start + wholeBelow(random, text.length - start - 1);
      const other = text[at] === "1" ? "2" : "1";
      await writeFile(file, text.slice(0, at) + other + text.slice(at + 1));
      if ((await verifyExport({ file })).ok) held.push(text.slice(at - 20, at + 20));
    }
    expect(held).toEqual([]);
  });

  test("does not hold without its end, nor when it ends before what was witnessed", async () => {
    const lines = (await readFile(exported("whole.ndjson"), "utf8")).trim().split("\n");
    const file = exported("short.ndjson");
    await writeFile(file, lines.slice(0, -1).join("\n"));
    expect((await verifyExport({ file })).firstBad).toMatchObject({ kind: "export-damaged" });
    const kept = lines.slice(
      1,
      lines.findLastIndex((line) => line.includes('"kind":"block"')),
    );
    const blocks = kept.filter((line) => line.includes('"kind":"block"')).length;
    const end = JSON.stringify({ kind: "end", blocks, rows: kept.length - blocks });
    await writeFile(file, [lines[0], ...kept, end].join("\n"));
    expect(await verifyExport({ file })).toMatchObject({ ok: true });
    expect((await verifyExport({ file, witnessFile: witnessFile() })).firstBad).toMatchObject({
      kind: "witness-without-block",
    });
  });
});

describe("a restore", () => {
  test("goes on from the trail of the backup, which a signed line of the witness file says", async () => {
    const { file } = await takeBackup(cli);
    for (let i = 0; i < 2; i++) await witnessNow(cli, {});
    await restoreBackup(cli, file);
    expect(await verify()).toMatchObject({ ok: true });
    await seal();
    await witnessNow(cli, {});
    expect(await verify()).toMatchObject({ ok: true });
    const text = await keepWitness();
    await writeFile(witnessFile(), text.replace(/.*"kind":"restored".*\n/, ""));
    expect((await verify()).ok).toBe(false);
  });
});
