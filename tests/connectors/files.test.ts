import { createHash } from "node:crypto";
import { appendFile, mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { files } from "@/lib/connectors/files/index";
import { parseMapping } from "@/lib/connectors/files/mapping";
import { fitsPattern } from "@/lib/connectors/files/progress";
import { anIo } from "@/tests/connectors/pacs-stub";

// Many small steps: a machine that others work on takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

let root = "";
let folder = "";
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "signalbox-files-"));
  folder = path.join(root, "exports");
  await mkdir(folder);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const mapping = "receivedAt = Time\noutcome = Status\nmessageId = Id";
const head = "Time,Status,Id\n";
const line = (id: number | string) => `2026-03-10T08:30:00Z,ok,${id}\n`;
const inFolder = (name: string) => path.join(folder, name);

/** Polls the folder again and again, as the poller would. */
function aSource(changed: object = {}) {
  const config = files.config.parse({ folder, mapping, ...changed });
  const io = anIo({ fileRoots: [root] });
  let cursor: unknown = null;
  const poll = async () => {
    const pages = [];
    for await (const page of files.streams?.[0]?.poll(config, io, cursor) ?? []) {
      pages.push(page);
      cursor = JSON.parse(JSON.stringify(page.cursor));
    }
    const batches = pages.map(({ wire }) => files.normalise(wire, config));
    return {
      ids: batches.flatMap(({ items }) =>
        items.flatMap((item) => (item.kind === "delivery" ? item.messageId : [])),
      ),
      items: batches.flatMap(({ items }) => items),
      rejects: batches.flatMap(({ rejects }) => rejects),
    };
  };
  return { poll, probe: () => files.probe?.(config, io), config, io };
}

describe("a file that grows", () => {
  test("is read by whole lines, each once", async () => {
    const { poll } = aSource();
    await writeFile(inFolder("a.csv"), `${head}${line(1)}2026-03-10T08:30:00Z,o`);
    expect((await poll()).ids).toEqual(["1"]);
    expect((await poll()).ids).toEqual([]);
    await appendFile(inFolder("a.csv"), "k,2\n");
    expect((await poll()).ids).toEqual(["2"]);
    expect((await poll()).ids).toEqual([]);
  });

  test("keeps a record together whose quotes hold line ends", async () => {
    const { poll } = aSource({ mapping: `${mapping}\nerrorText = Error` });
    await writeFile(inFolder("a.csv"), `Time,Status,Id,Error\n2026-03-10T08:30:00Z,error,1,"one\ntw`);
    expect((await poll()).ids).toEqual([]);
    await appendFile(inFolder("a.csv"), 'o, ""three"""\n');
    expect((await poll()).items).toMatchObject([{ outcome: "failed", errorText: 'one\ntwo, "three"' }]);
  });

  test("is read page by page to its end", async () => {
    const { poll } = aSource();
    await writeFile(inFolder("a.csv"), head + Array.from({ length: 2_300 }, (_, i) => line(i)).join(""));
    const { ids } = await poll();
    expect(ids).toEqual(Array.from({ length: 2_300 }, (_, i) => String(i)));
  });
});

describe("rotation", () => {
  test("by a new name loses nothing of the old file and repeats none of it", async () => {
    const { poll } = aSource({ pattern: "log.csv" });
    await writeFile(inFolder("log.csv"), head + line(1));
    await poll();
    await appendFile(inFolder("log.csv"), line(2));
    await rename(inFolder("log.csv"), inFolder("log.csv.1"));
    await writeFile(inFolder("log.csv"), head + line(3));
    expect((await poll()).ids).toEqual(["2", "3"]);
    expect((await poll()).ids).toEqual([]);
  });

  test("by cutting a file to nothing reads what is written after it", async () => {
    const { poll } = aSource();
    await writeFile(inFolder("a.csv"), head + line(1) + line(2));
    await poll();
    await truncate(inFolder("a.csv"));
    await appendFile(inFolder("a.csv"), head + line(3));
    expect((await poll()).ids).toEqual(["3"]);
  });

  test("a file written anew under its old identity is read from its begin, even where it is longer", async () => {
    const { poll } = aSource();
    await writeFile(inFolder("a.csv"), head + line(1));
    await poll();
    await writeFile(inFolder("a.csv"), `Time,Status,Id\n${line("x")}${line("y")}${line("z")}`);
    expect((await poll()).ids).toEqual(["x", "y", "z"]);
  });

  test("a file that is gone is forgotten", async () => {
    const { poll } = aSource();
    await writeFile(inFolder("a.csv"), head + line(1));
    await poll();
    await rm(inFolder("a.csv"));
    expect((await poll()).ids).toEqual([]);
  });
});

describe("a record without an identifier", () => {
  test("is known by its content, so that reading it twice is one message", async () => {
    const { poll } = aSource({ mapping: "receivedAt = Time\noutcome = Status" });
    await writeFile(inFolder("a.csv"), head + line(1) + line(1) + line(2));
    const { ids } = await poll();
    expect(new Set(ids).size).toBe(2);
    const digest = createHash("sha256").update(line(1).trim()).digest("base64url").slice(0, 32);
    expect(ids[0]).toBe(digest);
  });
});

describe("formats", () => {
  test("NDJSON is read by names, also of objects within", async () => {
    const { poll } = aSource({
      format: "ndjson",
      pattern: "*.ndjson",
      mapping: "receivedAt = at\noutcome = result.state\nmessageId = id",
    });
    const good = JSON.stringify({ at: 1773131400000, id: 7, result: { state: "complete" } });
    await writeFile(inFolder("a.ndjson"), `${good}\nnot json\n[1]\n`);
    const { items, rejects } = await poll();
    expect(items).toMatchObject([{ messageId: "7", outcome: "ok", receivedAt: new Date(1773131400000) }]);
    expect(rejects.map(({ reason }) => reason)).toEqual(["unparseable", "unparseable"]);
  });

  test("log lines are read by a pattern, and other lines are none", async () => {
    const { poll } = aSource({
      format: "lines",
      pattern: "*.log",
      template: "[{time}] {level} {channel} - message {id} {status}: {text}",
      mapping: "receivedAt = time\noutcome = status\ninterface = channel\nmessageId = id\nerrorText = text",
      dayOrder: "day first",
      timeZone: "Europe/Berlin",
    });
    await writeFile(
      inFolder("a.log"),
      "starting up\n[10.03.2026 09:30:00,250] WARN ADT - message 17 failed: no answer\n  at java.lang.Thread\n",
    );
    const { items, rejects } = await poll();
    expect(items).toMatchObject([
      {
        interface: "ADT",
        messageId: "17",
        outcome: "failed",
        errorText: "no answer",
        receivedAt: new Date("2026-03-10T08:30:00.250Z"),
      },
    ]);
    expect(rejects).toEqual([]);
  });

  test.each([
    ["windows-1252", Buffer.from("Zur\xfcck", "latin1")],
    ["utf-16le", Buffer.from("Zurück", "utf16le")],
    ["utf-8", Buffer.from("Zurück")],
  ] as const)("the character set %s is read in it", async (encoding, word) => {
    const { poll } = aSource({ encoding, mapping: `${mapping}\nerrorText = Error` });
    const text = (value: string) => Buffer.from(value, encoding === "utf-16le" ? "utf16le" : "latin1");
    const mark = encoding === "utf-16le" ? "\uFEFF" : "";
    const before = text(`${mark}Time,Status,Id,Error\r\n2026-03-10T08:30:00Z,error,1,`);
    await writeFile(inFolder("a.csv"), Buffer.concat([before, word, text("\r\n")]));
    expect((await poll()).items).toMatchObject([{ messageId: "1", errorText: "Zurück" }]);
  });
});

describe("only what is allowed is read", () => {
  test.each([
    ["no folder is allowed", [], "no_roots"],
    ["the folder is outside", ["/srv/other"], "outside_roots"],
    ["the folder only begins like an allowed one", ["exports-2"], "outside_roots"],
  ])("not where %s", async (_, roots, kind) => {
    const config = files.config.parse({ folder, mapping });
    const io = anIo({ fileRoots: roots.map((one) => path.resolve(root, one)) });
    const read = async () => {
      for await (const page of files.streams?.[0]?.poll(config, io, null) ?? []) expect(page).toBeDefined();
    };
    await expect(read()).rejects.toMatchObject({ code: "source_refused", info: { kind } });
    expect(await files.probe?.(config, io)).toMatchObject({ ok: false });
  });

  test("not by a folder that is a link to another, nor by a file that is one", async () => {
    const outside = await mkdtemp(path.join(tmpdir(), "signalbox-outside-"));
    await writeFile(path.join(outside, "a.csv"), head + line(1));
    await symlink(outside, path.join(root, "link"));
    const linked = aSource({ folder: path.join(root, "link") });
    await expect(linked.poll()).rejects.toMatchObject({ info: { kind: "outside_roots" } });
    await symlink(path.join(outside, "a.csv"), inFolder("a.csv"));
    expect((await aSource().poll()).ids).toEqual([]);
    await rm(outside, { recursive: true });
  });

  test("not by dots in the path", async () => {
    const io = anIo({ fileRoots: [folder] });
    const config = files.config.parse({ folder: path.join(folder, ".."), mapping });
    expect((await files.probe?.(config, io))?.diagnosis).toContain("SIGNALBOX_FILE_ROOTS");
  });
});

describe("the test of a connection", () => {
  test("says how many files fit and how many records are understood", async () => {
    await writeFile(inFolder("a.csv"), `${head + line(1)}whenever,ok,2\n`);
    expect(await aSource().probe()).toMatchObject({
      ok: true,
      diagnosis: `1 file fits *.csv in ${folder}. 1 of the first 2 records are understood; of the others the first is not understood: receivedAt.`,
    });
  });

  test("says that nothing is understood, that nothing fits, and that there is no folder", async () => {
    await writeFile(inFolder("a.csv"), "When,What\nnow,fine\n");
    expect(await aSource().probe()).toMatchObject({ ok: false });
    const lines = aSource({ format: "lines", template: "{time};{status}", pattern: "*.csv" });
    expect((await lines.probe())?.diagnosis).toContain("no line fits");
    expect((await aSource({ folder: path.join(root, "missing") }).probe())?.diagnosis).toContain("no folder");
  });
});

test.each([
  ["receivedAt = A\noutcome = B", true],
  ['# a note\n\nreceivedAt = A column = with signs\noutcome = "ok"', true],
  ["receivedAt = A", false],
  ["receivedAt = A\noutcome = B\nunknown = C", false],
  ["receivedAt = A\noutcome = B\noutcome = C", false],
  ["receivedAt\noutcome = B", false],
])("the mapping %j is one: %s", (text, isOne) => {
  expect(parseMapping(text) !== undefined).toBe(isOne);
});

test.each([
  ["a.csv", "*.csv", true],
  ["a.csv.1", "*.csv", false],
  ["msg-2026-03.csv", "msg-*-*.csv", true],
  ["msg-2026.csv", "msg-*-*.csv", false],
  ["a.csv", "a.csv", true],
  ["ab", "a*b*", true],
  ["aba", "ab*ba", false],
])("the name %s fits %s: %s", (name, pattern, fits) => {
  expect(fitsPattern(name, pattern)).toBe(fits);
});
