import { describe, expect, test, vi } from "vitest";
import { dicomweb } from "@/lib/connectors/dicomweb/index";
import type { Item } from "@/lib/core/message/schema";
import { aStudy, foundStudies } from "@/tests/connectors/dicomweb-answers";
import { type PacsStub, startPacsStub } from "@/tests/connectors/pacs-stub";

// Many small steps: a machine that others work on takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

function configOf({ url }: { readonly url: string }, changed: object = {}) {
  return dicomweb.config.parse({ url, username: "reader", ...changed });
}

async function poll(stub: PacsStub, cursor: unknown = null, atMs = stub.io.now().getTime()) {
  const config = configOf(stub);
  const io = { ...stub.io, now: () => new Date(atMs) };
  const pages = [];
  for await (const page of dicomweb.streams?.[0]?.poll(config, io, cursor) ?? []) pages.push(page);
  const items = pages.flatMap(({ wire }) => dicomweb.normalise(wire, config).items);
  return {
    pages,
    cursor: JSON.parse(JSON.stringify(pages.at(-1)?.cursor)),
    studies: studiesOf(items),
    items,
  };
}

function studiesOf(items: readonly Item[]) {
  return items.flatMap((item) => (item.kind === "study" ? item.accession?.value : []));
}

const LATER_MS = 10 * 60_000;

describe("a search", () => {
  test("names a window of days in the zone of the archive, and no patient", async () => {
    const stub = await startPacsStub(() => []);
    await poll(stub);
    expect(stub.asked[0]).toMatch(/^\/studies\?StudyDate=20260308-20260311&includefield=/);
    expect(stub.asked[0]).not.toMatch(/00100010=|00100020=|PatientName=|PatientID=/);
  });

  test("is followed to its last page", async () => {
    const stub = await startPacsStub((_, query) => foundStudies(query, 450));
    const { studies, pages } = await poll(stub);
    expect(studies).toHaveLength(450);
    expect(new Set(studies).size).toBe(450);
    expect(pages).toHaveLength(3);
    expect(stub.asked).toHaveLength(4);
  });

  test("ends where an archive gives the same page again", async () => {
    const stub = await startPacsStub(() => Array.from({ length: 200 }, (_, i) => aStudy(i)));
    expect((await poll(stub)).studies).toHaveLength(200);
    expect(stub.asked).toHaveLength(2);
  });

  test("takes no answer and an empty list for no match", async () => {
    for (const none of [null, []]) {
      expect((await poll(await startPacsStub(() => none))).studies).toEqual([]);
    }
  });

  test("is not made again before its time", async () => {
    const stub = await startPacsStub((_, query) => foundStudies(query));
    const { cursor } = await poll(stub);
    const asked = stub.asked.length;
    expect((await poll(stub, cursor, stub.io.now().getTime() + 1_000)).studies).toEqual([]);
    expect(stub.asked).toHaveLength(asked);
  });

  test("hands on what changed since the last, and nothing else", async () => {
    const stub = await startPacsStub(() => [aStudy(1), aStudy(2)]);
    const first = await poll(stub);
    expect(first.studies).toEqual(["ACC-1", "ACC-2"]);
    const grown = aStudy(2, { "00201208": { vr: "IS", Value: [9] } });
    stub.setAnswers(() => [aStudy(1), grown, aStudy(3)]);
    const second = await poll(stub, first.cursor, stub.io.now().getTime() + LATER_MS);
    expect(second.studies).toEqual(["ACC-2", "ACC-3"]);
    const third = await poll(stub, second.cursor, stub.io.now().getTime() + 2 * LATER_MS);
    expect(third.studies).toEqual([]);
  });

  test("moves its place with its last page alone", async () => {
    const stub = await startPacsStub((_, query) => foundStudies(query, 250));
    const { pages } = await poll(stub);
    expect(pages.map(({ cursor }) => cursor === null)).toEqual([true, false]);
  });

  test("measures how long the archive takes", async () => {
    const { items } = await poll(await startPacsStub(() => []));
    expect(items).toMatchObject([{ kind: "gauge", metric: "responseMs" }]);
  });

  test.each([
    ["a web page", "<html>viewer</html>", "html"],
    ["no JSON", "ok", "not_json"],
    ["an object", { error: "no" }, "not_understood"],
  ])("is refused when the answer is %s", async (_, answer, kind) => {
    await expect(poll(await startPacsStub(() => answer))).rejects.toMatchObject({ info: { kind } });
  });
});

describe("the test of a connection", () => {
  test("says whether studies were found", async () => {
    const stub = await startPacsStub((_, query) => foundStudies(query));
    const report = await dicomweb.probe?.(configOf(stub), stub.io);
    expect(report).toMatchObject({ ok: true });
    expect(report?.diagnosis).toContain("has studies of these days");
  });

  test("says what the address should end in", async () => {
    const stub = await startPacsStub({});
    const report = await dicomweb.probe?.(configOf(stub), stub.io);
    expect(report?.diagnosis).toContain("/dicom-web");
  });
});
