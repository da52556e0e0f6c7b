import { describe, expect, test, vi } from "vitest";
import { fhir } from "@/lib/connectors/fhir/index";
import { anAudit, anOrder, aPatient } from "@/tests/support/fhir-resources";
import { type FhirStub, type Habits, kept, startFhirStub } from "./fhir-stub";

// Many small steps: a machine that others work on takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

const START_MS = Date.UTC(2026, 2, 10, 12);

function configOf({ url }: { readonly url: string }, changed: object = {}) {
  return fhir.config.parse({ url, username: "reader", ...changed });
}

async function poll(
  stub: FhirStub,
  of: { cursor?: unknown; minutes?: number; stream?: string; config?: object } = {},
) {
  const config = configOf(stub, of.config);
  const io = { ...stub.io, now: () => new Date(START_MS + (of.minutes ?? 0) * 60_000) };
  const stream = fhir.streams?.find(({ name }) => name === (of.stream ?? "patients"));
  const pages = [];
  for await (const page of stream?.poll(config, io, of.cursor ?? null) ?? []) pages.push(page);
  const batches = pages.map(({ wire }) => fhir.normalise(wire, config));
  const items = batches.flatMap((batch) => batch.items);
  return {
    pages,
    cursor: JSON.parse(JSON.stringify(pages.at(-1)?.cursor)),
    items,
    ids: items.flatMap((item) => ("id" in item ? [item.id] : [])),
    rejects: batches.flatMap((batch) => batch.rejects),
  };
}

const patients = (from: number, to: number, version?: string) =>
  Array.from({ length: to - from }, (_, i) => kept(aPatient(), from + i, version));

const idsOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `Patient/${from + i}`);

describe("a search", () => {
  test("asks for what was written since, in that order, and names no patient", async () => {
    const stub = await startFhirStub();
    await poll(stub, { stream: "orders" });
    expect(decodeURIComponent(stub.asked[0] ?? "")).toBe(
      "/r4/ServiceRequest?_lastUpdated=ge2026-03-08T11:59:00.000Z&_sort=_lastUpdated&_count=100&_include=ServiceRequest:subject",
    );
  });

  test("is followed to its last page, and each version is handed on once", async () => {
    const stub = await startFhirStub(patients(0, 250));
    const first = await poll(stub);
    expect(first.ids).toEqual(idsOf(0, 250));
    expect(first.pages.map(({ backlog }) => backlog)).toEqual([1, 1, 0]);
    const second = await poll(stub, { cursor: first.cursor, minutes: 2 });
    expect(second.ids).toEqual([]);
  });

  test("finds what was written again, or late with an earlier time", async () => {
    const stub = await startFhirStub(patients(0, 30));
    const { cursor } = await poll(stub);
    stub.put(kept(aPatient({ gender: "male" }), 29, "2"), kept(aPatient(), 5, "2"), ...patients(30, 31));
    expect((await poll(stub, { cursor, minutes: 2 })).ids).toEqual(["Patient/5", "Patient/29", "Patient/30"]);
  });

  test("is not made again before its time, nor of a type that is not chosen", async () => {
    const stub = await startFhirStub(patients(0, 1));
    const { cursor } = await poll(stub);
    const asked = stub.asked.length;
    expect((await poll(stub, { cursor })).ids).toEqual([]);
    expect((await poll(stub, { config: { patients: "no" } })).ids).toEqual([]);
    expect(stub.asked).toHaveLength(asked);
  });

  test("goes on where it broke off", async () => {
    const stub = await startFhirStub(patients(0, 250));
    const { pages } = await poll(stub);
    const middle = JSON.parse(JSON.stringify(pages[0]?.cursor));
    expect((await poll(stub, { cursor: middle })).ids).toEqual(idsOf(100, 250));
  });

  test("of a server that does not sort moves on only once it was read to its end", async () => {
    const stub = await startFhirStub(patients(0, 150).toReversed(), { isUnsorted: true });
    const { pages, ids } = await poll(stub);
    expect(new Set(ids).size).toBe(150);
    const since = pages.map(({ cursor }) => Object(cursor).sinceMs);
    expect(since).toEqual([START_MS - 2 * 86_400_000, Date.UTC(2026, 2, 10, 11, 0, 149)]);
  });

  test("takes all that a server gives at once, however much, in bounded batches", async () => {
    const stub = await startFhirStub(patients(0, 1_200), { ignoresCount: true });
    const { pages, ids } = await poll(stub);
    expect(ids).toHaveLength(1_200);
    expect(pages).toHaveLength(3);
  });

  test("sets aside what cannot be understood, and hands on the rest", async () => {
    const stub = await startFhirStub([kept(anOrder({ status: 7 }), 1), kept(anOrder(), 2)]);
    const { ids, rejects } = await poll(stub, { stream: "orders" });
    expect(ids).toEqual(["ServiceRequest/2"]);
    expect(rejects).toMatchObject([{ reason: "unknown_shape", detail: "status: invalid_type" }]);
  });

  test("of audit events gives them their id at the server", async () => {
    const stub = await startFhirStub([kept(anAudit(), 3)]);
    const { items } = await poll(stub, { stream: "audit-events", config: { auditEvents: "yes" } });
    expect(items).toMatchObject([{ kind: "audit", eventId: "AuditEvent/3", actorId: "olga" }]);
  });
});

describe("a server that", () => {
  const isPage = (path: string) => path.includes("page=");

  test("asks to wait is left alone for so long, and read on after", async () => {
    const stub = await startFhirStub(patients(0, 150), {
      refuse: (path) => (isPage(path) ? { status: 429, headers: { "Retry-After": "120" } } : undefined),
    });
    const first = await poll(stub);
    expect(first.ids).toEqual(idsOf(0, 100));
    stub.habits = {};
    const asked = stub.asked.length;
    await poll(stub, { cursor: first.cursor, minutes: 1 });
    expect(stub.asked).toHaveLength(asked);
    expect((await poll(stub, { cursor: first.cursor, minutes: 3 })).ids).toEqual(idsOf(100, 150));
  });

  test("has forgotten a page is searched anew, from where it was read", async () => {
    const stub = await startFhirStub(patients(0, 250));
    let isForgotten = true;
    stub.habits = {
      refuse: (path) => {
        if (!isPage(path) || !isForgotten) return undefined;
        isForgotten = false;
        return { status: 410 };
      },
    };
    expect((await poll(stub)).ids).toEqual(idsOf(0, 250));
  });

  test("forgets each page at once is not asked for ever", async () => {
    const stub = await startFhirStub(patients(0, 500), {
      refuse: (path) => (isPage(path) ? { status: 410 } : undefined),
    });
    await expect(poll(stub)).rejects.toMatchObject({ code: "source_protocol" });
    expect(stub.asked.length).toBeLessThan(20);
  });

  test("leads to another server is not followed there", async () => {
    const stub = await startFhirStub(patients(0, 150), {
      next: () => "http://elsewhere.example.org/r4?page=2",
    });
    await expect(poll(stub)).rejects.toMatchObject({ info: { kind: "redirect", call: "next" } });
  });

  test("leads back to a page is not followed for ever", async () => {
    const stub = await startFhirStub(patients(0, 150));
    const first = "/r4/Patient?_lastUpdated=ge2026-03-08T11%3A59%3A00.000Z&_sort=_lastUpdated&_count=100";
    stub.habits = { next: () => first };
    expect((await poll(stub)).ids).toEqual(idsOf(0, 100));
    expect(stub.asked).toHaveLength(1);
  });

  test("gives more than is read at once is asked for less", async () => {
    const large = { type: "application/fhir+json", text: " ".repeat(17 * 1024 * 1024) };
    const stub = await startFhirStub(patients(0, 30), {
      body: (path) => (path.includes("_count=100") ? large : undefined),
    });
    expect((await poll(stub)).ids).toEqual(idsOf(0, 30));
    expect(stub.asked.some((path) => path.includes("_count=25"))).toBe(true);
  });

  test.each<[string, Habits, string]>([
    ["a web page", { body: () => ({ type: "text/html", text: "<html>sign in</html>" }) }, "html"],
    ["XML", { body: () => ({ type: "application/fhir+xml", text: "<Bundle/>" }) }, "not_json"],
    [
      "another resource",
      { body: () => ({ type: "application/fhir+json", text: '{"resourceType":"Patient"}' }) },
      "not_understood",
    ],
    [
      "bottomless JSON",
      { body: () => ({ type: "application/fhir+json", text: `${"[".repeat(20_000)}${"]".repeat(20_000)}` }) },
      "not_understood",
    ],
    ["that it is wrong inside", { refuse: () => ({ status: 500 }) }, "server_error"],
  ])("answers %s is refused", async (_, habits, kind) => {
    await expect(poll(await startFhirStub([], habits))).rejects.toMatchObject({ info: { kind } });
  });
});

describe("who reads", () => {
  const oauth = (stub: FhirStub) => ({ tokenUrl: `${stub.url}/token`, clientId: "signalbox", username: "" });

  test("shows a password where one is set", async () => {
    const stub = await startFhirStub();
    await poll(stub);
    expect(stub.shown).toEqual([`Basic ${btoa("reader:secret")}`]);
  });

  test("asks for a token by client credentials once for all streams", async () => {
    const stub = await startFhirStub();
    await poll(stub, { config: oauth(stub) });
    await poll(stub, { config: oauth(stub), stream: "orders" });
    expect(stub.asked.filter((path) => path.endsWith("/token"))).toHaveLength(1);
    expect(stub.shown.slice(1)).toEqual(["Bearer at-1", "Bearer at-1"]);
  });

  test("asks anew once a token is refused, and gives up where the new one is, too", async () => {
    const stub = await startFhirStub();
    await poll(stub, { config: oauth(stub) });
    stub.habits = { refuse: (path) => (path.includes("/Patient") ? { status: 401 } : undefined) };
    await expect(poll(stub, { config: oauth(stub) })).rejects.toMatchObject({ code: "source_refused" });
    expect(stub.asked.filter((path) => path.endsWith("/token"))).toHaveLength(2);
  });
});

describe("the test of a connection", () => {
  test("says what answers, what can be searched, and how its clock goes", async () => {
    const stub = await startFhirStub([], { clockAheadMs: 90_000 });
    const report = await fhir.probe?.(configOf(stub), stub.io);
    expect(report?.diagnosis).toMatch(
      /^Stub 1\.2 answers \(in \d+ ms\) and lets itself be searched for ServiceRequest/,
    );
    expect(report).toMatchObject({ ok: true, version: "1.2" });
    // A Date header tells whole seconds.
    expect(Math.abs((report?.clockSkewMs ?? 0) - 90_000)).toBeLessThan(2_000);
    expect(report?.warnings.map(({ text }) => text).join()).toMatch(/(89|90|91) seconds ahead/);
  });

  test.each<[string, Habits, string]>([
    [
      "is refused a type",
      { refuse: (path) => (path.includes("/ImagingStudy") ? { status: 403 } : undefined) },
      "does not let it read",
    ],
    ["finds no such address", { refuse: () => ({ status: 404 }) }, "many end in /fhir or /r4"],
    ["is asked to wait", { refuse: () => ({ status: 429 }) }, "asked more often than it allows"],
  ])("says so when it %s", async (_, habits, words) => {
    const stub = await startFhirStub([], habits);
    const report = await fhir.probe?.(configOf(stub), stub.io);
    expect(report).toMatchObject({ ok: false });
    expect(report?.diagnosis).toContain(words);
  });

  test("says where no token can be had", async () => {
    const stub = await startFhirStub([], { refuse: () => ({ status: 400 }) });
    const config = configOf(stub, { tokenUrl: `${stub.url}/token`, clientId: "nobody" });
    expect((await fhir.probe?.(config, stub.io))?.diagnosis).toContain(
      "No access token can be had from 127.0.0.1",
    );
  });
});
