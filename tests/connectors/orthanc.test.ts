import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { calls } from "@/lib/connectors/orthanc/calls";
import { orthanc } from "@/lib/connectors/orthanc/index";
import { readMetrics } from "@/lib/connectors/orthanc/prometheus";
import { sortChanges } from "@/lib/connectors/orthanc/stream-changes";
import { AppError } from "@/lib/core/errors";
import { orthancAnswers, STUDY_ID } from "@/tests/connectors/orthanc-answers";
import { type PacsStub, startPacsStub } from "@/tests/connectors/pacs-stub";

// Many small steps: a machine that others work on takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

function configOf({ url }: { readonly url: string }, changed: object = {}) {
  return orthanc.config.parse({ url, username: "reader", assigningAuthority: "HIS", ...changed });
}

/** Runs one poll of a stream and gives the items of its pages. */
async function poll(stub: PacsStub, name: string, cursor: unknown = null, changed: object = {}) {
  const config = configOf(stub, changed);
  const stream = orthanc.streams?.find((one) => one.name === name);
  const pages = [];
  for await (const page of stream?.poll(config, stub.io, cursor) ?? []) pages.push(page);
  const batches = pages.map(({ wire }) => orthanc.normalise(wire, config));
  return {
    items: batches.flatMap(({ items }) => items),
    rejects: batches.flatMap(({ rejects }) => rejects),
    cursor: pages.at(-1)?.cursor,
    pages,
  };
}

const aChange = (seq: number, type: string, id = STUDY_ID, date = "20260310T083412") => ({
  Seq: seq,
  ChangeType: type,
  ID: id,
  Date: date,
});

describe("changes", () => {
  test("a study is read once it is stable, with the instant of its first instance", async () => {
    const stub = await startPacsStub(orthancAnswers());
    const { items, cursor } = await poll(stub, "changes");
    expect(items).toMatchObject([
      {
        kind: "study",
        id: "1.2.826.0.1.3680043.9.1",
        firstImageAt: new Date("2026-03-10T08:31:00Z"),
        imageCount: 2,
        isStable: true,
        patient: { identifiers: [{ value: "P-0001", assigningAuthority: "HIS" }] },
      },
    ]);
    expect(cursor).toEqual({ since: 7, arriving: {} });
  });

  test("nothing is read again from where reading ended", async () => {
    const stub = await startPacsStub(orthancAnswers());
    const { items } = await poll(stub, "changes", { since: 7, arriving: {} });
    expect(items).toEqual([]);
    expect(stub.asked.filter((path) => path.startsWith("/studies"))).toEqual([]);
  });

  test("a last number below what was read means a new database, which is read from its begin", async () => {
    const stub = await startPacsStub(orthancAnswers());
    const { items, cursor } = await poll(stub, "changes", { since: 900, arriving: {} });
    expect(items).toHaveLength(1);
    expect(cursor).toMatchObject({ since: 7 });
  });

  test("only so many of the latest changes are read at first", async () => {
    const stub = await startPacsStub(orthancAnswers());
    await poll(stub, "changes", null, { backfillChanges: 3 });
    expect(stub.asked).toContain("/changes?since=4&limit=200");
  });

  test("a study that was deleted meanwhile is passed over", async () => {
    const stub = await startPacsStub({ ...orthancAnswers(), [`/studies/${STUDY_ID}`]: undefined });
    const { items, rejects, cursor } = await poll(stub, "changes");
    expect({ items, rejects, cursor }).toMatchObject({ items: [], rejects: [], cursor: { since: 7 } });
  });

  test("a study of another shape is set aside by itself", async () => {
    const stub = await startPacsStub({ ...orthancAnswers(), [`/studies/${STUDY_ID}`]: { ID: 5 } });
    const { items, rejects } = await poll(stub, "changes");
    expect(items).toEqual([]);
    expect(rejects).toMatchObject([{ reason: "unknown_shape" }]);
  });

  test("a study that became stable twice on one page is read once, by its last change", () => {
    const { stable } = sortChanges(
      [
        aChange(1, "NewStudy", STUDY_ID, "20260310T080000"),
        aChange(2, "StableStudy", STUDY_ID, "20260310T080100"),
        aChange(3, "StableStudy", STUDY_ID, "20260310T080500"),
      ],
      {},
    );
    expect(stable).toEqual([
      { change: aChange(3, "StableStudy", STUDY_ID, "20260310T080500"), firstSeenAt: "20260310T080000" },
    ]);
  });

  test("a study keeps the instant of its first instance over pages, and no more than a thousand are remembered", () => {
    const many = Array.from({ length: 1_500 }, (_, i) => aChange(i, "NewStudy", `study-${i}`));
    const { arriving } = sortChanges(many, {});
    expect(Object.keys(arriving)).toHaveLength(1_000);
    const { stable } = sortChanges([aChange(1_501, "StableStudy", "study-1499")], arriving);
    expect(stable[0]?.firstSeenAt).toBe("20260310T083412");
  });
});

describe("jobs", () => {
  test("a failed one is told of once, with what went wrong", async () => {
    const stub = await startPacsStub(orthancAnswers());
    const first = await poll(stub, "jobs");
    expect(first.items).toMatchObject([
      { kind: "audit", name: "Job DicomModalityStore", outcome: "failure", attributes: { errorCode: "9" } },
    ]);
    const again = await poll(stub, "jobs", first.cursor);
    expect(again.items).toEqual([]);
  });

  test("a running one is waited for", async () => {
    const running = { ID: "a", Type: "DicomModalityStore", State: "Running" };
    const stub = await startPacsStub({ ...orthancAnswers(), "/jobs": [running] });
    expect((await poll(stub, "jobs")).items).toEqual([]);
  });
});

describe("the server's own figures", () => {
  const metricsOf = (items: readonly { readonly kind: string; readonly metric?: string }[]) =>
    items.flatMap(({ metric }) => metric ?? []);

  test("name storage, counts and jobs; what was never recorded is absent and not 0", async () => {
    const stub = await startPacsStub(orthancAnswers());
    const { items } = await poll(stub, "system");
    expect(items).toContainEqual(expect.objectContaining({ metric: "storageUsedBytes", value: 1344 }));
    expect(items).toContainEqual(expect.objectContaining({ metric: "jobsFailed", value: 1 }));
    expect(metricsOf(items)).not.toContain("storageReadMs");
  });

  test("come without metrics where the server keeps none", async () => {
    const stub = await startPacsStub({ ...orthancAnswers(), "/tools/metrics-prometheus": undefined });
    expect(metricsOf((await poll(stub, "system")).items)).toEqual(
      expect.arrayContaining(["responseMs", "studies"]),
    );
  });

  test("hold a marker when the version changed", async () => {
    const stub = await startPacsStub(orthancAnswers());
    const { items } = await poll(stub, "system", { version: "1.9.7" });
    expect(items).toContainEqual(expect.objectContaining({ kind: "change", detail: "1.9.7 → 1.10.1" }));
  });

  test("are read from lines of one kind, and nothing else", () => {
    const text = 'orthanc_jobs_failed 3 1700\northanc_x{a="b"} 4 1\n# HELP x\northanc_up nan 1\nname 1e3';
    expect([...readMetrics(text)]).toEqual([
      ["orthanc_jobs_failed", 3],
      ["name", 1000],
    ]);
  });
});

describe("the test of a connection", () => {
  const probe = (stub: PacsStub, changed: object = {}) => orthanc.probe?.(configOf(stub, changed), stub.io);

  test("names version, AE title and number of studies, and what to mend", async () => {
    const report = await probe(await startPacsStub(orthancAnswers()));
    expect(report).toMatchObject({ ok: true, version: "1.10.1", clockSkewMs: 0 });
    expect(report?.diagnosis).toBe("Connected to Orthanc 1.10.1, AE title PACS, with 1 study.");
    expect(report?.warnings.map(({ text }) => text).join(" ")).toMatch(/CVE-2023-33466.*not https/);
  });

  test("says that a password is wrong or asked for", async () => {
    const stub = await startPacsStub(orthancAnswers());
    const report = await probe(stub, { username: "somebody" });
    expect(report).toMatchObject({ ok: false });
    expect(report?.diagnosis).toContain("refuses this user name and password");
  });

  test("says that something else answers", async () => {
    expect(
      (await probe(await startPacsStub({ "/system": "<html>PACS viewer</html>" })))?.diagnosis,
    ).toContain("a web page");
    expect((await probe(await startPacsStub({ "/system": "OK" })))?.diagnosis).toContain("no JSON");
    expect((await probe(await startPacsStub({ "/system": { ok: true } })))?.diagnosis).toContain(
      "not as Orthanc does",
    );
    expect((await probe(await startPacsStub({})))?.diagnosis).toContain("not below this path");
  });

  test("says that the account may not read", async () => {
    const stub = await startPacsStub({ ...orthancAnswers(), "/jobs": 403 });
    expect((await probe(stub))?.diagnosis).toContain("does not let it read");
  });

  test("warns of a clock that is off", async () => {
    const stub = await startPacsStub({ ...orthancAnswers(), "/tools/now": "20260310T120130" });
    const report = await probe(stub);
    expect(report?.clockSkewMs).toBeGreaterThan(80_000);
    expect(report?.warnings.map(({ text }) => text).join(" ")).toContain("seconds ahead of");
  });
});

test("a study is asked for only by an identifier that is one", () => {
  for (const id of ["../system", "1.2.3", "", "//evil.example/"])
    expect(() => calls.study(id)).toThrow(AppError);
});

test("settings name what is missing", () => {
  const parsed = orthanc.config.safeParse({ url: "https://pacs.example.org", tls: "fingerprint" });
  expect(z.prettifyError(parsed.error ?? new z.ZodError([]))).toContain("fingerprint");
});
