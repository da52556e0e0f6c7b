import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { sealSourceSecret } from "@/lib/crypto/source-secret";
import { runSources } from "@/lib/ingest/run-sources";
import { connectModality } from "@/tests/connectors/mpps-client";
import { orthancAnswers } from "@/tests/connectors/orthanc-answers";
import { startPacsStub } from "@/tests/connectors/pacs-stub";
import { freePort } from "@/tests/support/free-port";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await db().prisma.source.updateMany({ data: { pausedAt: new Date() } });
});

let added = 0;
async function addSource(kind: string, config: object, password?: string): Promise<number> {
  added += 1;
  const { id } = await db().prisma.source.create({ data: { kind, name: `${kind} ${added}`, config } });
  if (password === undefined) return id;
  const { keyId, bytes } = sealSourceSecret({ sourceId: id, name: "password" }, password);
  const secret = { sourceId: id, name: "password", keyId, ciphertext: new Uint8Array(bytes) };
  await db().prisma.sourceSecret.create({ data: secret });
  return id;
}

/** Runs collectors until stopped. */
function collect(fileRoots: readonly string[] = []): () => Promise<void> {
  const stop = new AbortController();
  const done = runSources({ signal: stop.signal, now: () => new Date(), fileRoots });
  const end = async () => {
    stop.abort();
    await done;
  };
  stops.push(end);
  return end;
}

/** Waits until something is true, at most a minute. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await isTrue()) return;
    await sleep(200);
  }
  throw new Error("It did not come true in time.");
}

async function factsOf(sourceId: number): Promise<readonly string[]> {
  const { rows } = await db().pool.query<{ kind: string }>(
    "SELECT kind FROM clinical.fact WHERE source_id = $1 ORDER BY kind",
    [sourceId],
  );
  return rows.map(({ kind }) => kind);
}

async function deliveriesOf(sourceId: number): Promise<readonly string[]> {
  const { rows } = await db().pool.query<{ line: string }>(
    `SELECT i.external_id || '/' || d.engine_message_id || ' ' || d.outcome AS line
     FROM signal.delivery d JOIN public.leg l ON l.id = d.leg_id JOIN public.interface i ON i.id = l.interface_id
     WHERE i.source_id = $1 ORDER BY 1`,
    [sourceId],
  );
  return rows.map(({ line }) => line);
}

async function deadLettersOf(sourceId: number): Promise<number> {
  const { rows } = await db().pool.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM signal.dead_letter WHERE source_id = $1",
    [sourceId],
  );
  return rows[0]?.count ?? -1;
}

describe("an archive", () => {
  test("is kept as a study and gauges once, also when all of it is read again", async () => {
    const stub = await startPacsStub(orthancAnswers());
    const sourceId = await addSource("orthanc", { url: stub.url, username: "reader" }, "secret");
    const isRead = async () => (await factsOf(sourceId)).length > 0;
    const stop = collect();
    await until(isRead);
    await stop();
    await db().pool.query("UPDATE signal.stream SET cursor = 'null' WHERE source_id = $1", [sourceId]);
    const before = stub.asked.length;
    collect();
    await until(async () => stub.asked.slice(before).some((asked) => asked.endsWith("/series")));
    await until(async () => (await streamsOf(sourceId)).every(({ isPlaced }) => isPlaced));
    expect(await factsOf(sourceId)).toEqual(["study"]);
    const { rows } = await db().pool.query(
      "SELECT count(*)::int AS count FROM clinical.fact_version v JOIN clinical.fact f ON f.id = v.fact_id WHERE f.source_id = $1",
      [sourceId],
    );
    expect(rows).toEqual([{ count: 1 }]);
    expect(await deadLettersOf(sourceId)).toBe(0);
  });
});

async function streamsOf(sourceId: number): Promise<readonly { readonly isPlaced: boolean }[]> {
  const { rows } = await db().pool.query<{ isPlaced: boolean }>(
    `SELECT cursor <> 'null' AS "isPlaced" FROM signal.stream WHERE source_id = $1`,
    [sourceId],
  );
  return rows;
}

describe("a modality", () => {
  test("gets its answer once its step is stored, and the end completes it", async () => {
    const port = await freePort();
    const sourceId = await addSource("mpps", { port, assigningAuthority: "HIS" });
    collect();
    await until(async () => (await streamsOf(sourceId)).length > 0);
    let modality: Awaited<ReturnType<typeof connectModality>> | undefined;
    await until(async () => {
      modality = await connectModality(port).catch(() => undefined);
      return modality !== undefined;
    });
    const begun = {
      PerformedProcedureStepStatus: "IN PROGRESS",
      ScheduledStepAttributesSequence: [{ AccessionNumber: "ACC-0002" }],
    };
    expect(await modality?.create("1.2.7", begun)).toBe(0);
    expect(await factsOf(sourceId)).toEqual(["procedureStep"]);
    expect(await modality?.set("1.2.7", { PerformedProcedureStepStatus: "COMPLETED" })).toBe(0);
    expect(await factsOf(sourceId)).toEqual(["procedureStep"]);
    const { rows } = await db().pool.query(
      "SELECT body->>'status' AS status, body->'accession'->>'value' AS accession FROM clinical.fact WHERE source_id = $1",
      [sourceId],
    );
    expect(rows).toEqual([{ status: "completed", accession: "ACC-0002" }]);
    expect(await deadLettersOf(sourceId)).toBe(0);
    modality?.socket.destroy();
  });
});

describe("a folder", () => {
  test("is kept record by record, each once, also when a file is copied into it again", async () => {
    const root = await mkdtemp(path.join(tmpdir(), "signalbox-folder-"));
    stops.push(() => rm(root, { recursive: true, force: true }));
    const now = Date.now();
    const lines = Array.from(
      { length: 1_200 },
      (_, i) => `${now - 60_000 + i},${i % 100 === 0 ? "failed" : "ok"},${i}\n`,
    );
    const text = `Time,Status,Id\n${lines.join("")}`;
    await writeFile(path.join(root, "a.csv"), text);
    const mapping = "receivedAt = Time\noutcome = Status\nmessageId = Id";
    const sourceId = await addSource("files", { folder: root, mapping, interfaceName: "Results" });
    const stop = collect([root]);
    await until(async () => (await deliveriesOf(sourceId)).length === 1_200);
    await stop();
    await writeFile(path.join(root, "copy.csv"), text);
    await appendFile(path.join(root, "copy.csv"), `${now},ok,last\n`);
    collect([root]);
    await until(async () => (await deliveriesOf(sourceId)).length === 1_201);
    const stored = await deliveriesOf(sourceId);
    expect(stored.filter((line) => line.endsWith("failed"))).toHaveLength(12);
    expect(stored[0]).toBe("Results/0 failed");
    expect(await deadLettersOf(sourceId)).toBe(0);
  });

  test("that is not allowed is not read, and the source says so", async () => {
    const root = await mkdtemp(path.join(tmpdir(), "signalbox-folder-"));
    stops.push(() => rm(root, { recursive: true, force: true }));
    const mapping = "receivedAt = Time\noutcome = Status";
    const sourceId = await addSource("files", { folder: root, mapping });
    collect();
    const codeOf = async () => {
      const { rows } = await db().pool.query<{ error_code: string | null }>(
        "SELECT error_code FROM signal.stream WHERE source_id = $1",
        [sourceId],
      );
      return rows[0]?.error_code;
    };
    await until(async () => typeof (await codeOf()) === "string");
    expect(await codeOf()).toBe("source_refused:no_roots");
  });
});
