import { beforeAll, describe, expect, test } from "vitest";
import { answerEndpoint } from "@/lib/api/endpoints";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { createClient } from "@/lib/services/api-clients/create-client";
import { retryDeadLetter } from "@/lib/services/dead-letters/retry-dead-letter";
import { createToken } from "@/lib/services/tokens/create-token";
import { aBundle, anAudit, anOrder, aPatient, aReport, aStudy } from "@/tests/support/fhir-resources";
import { push, withPort } from "@/tests/support/ingest-port";
import { addSource, withStorage } from "@/tests/support/storage";

const system: Actor = { kind: "system", name: "tests" };
const admin: Actor = {
  kind: "user",
  id: "3f0c2a1e-0000-4000-8000-000000000001",
  name: "An administrator",
  email: "admin@example.org",
  grants: everywhere("administrator"),
  factorAt: new Date(),
};
const db = withStorage();
const server = withPort(() => answerEndpoint);
const recent = new Date(Date.now() - 3_600_000).toISOString();
let sourceId = 0;
let token = "";

beforeAll(async () => {
  sourceId = await addSource(db(), "EHR", "fhir-push");
  token = (await createToken(system, { sourceId, name: "tests" })).secret;
});

type Sent = {
  readonly path: string;
  readonly resource: unknown;
  readonly as?: string;
  readonly method?: string;
};

async function send({ path, resource, as = token, method = "POST" }: Sent) {
  const response = await fetch(server.url(path), {
    method,
    headers: { "Content-Type": "application/fhir+json", Authorization: `Bearer ${as}` },
    body: typeof resource === "string" ? Buffer.from(resource, "latin1") : JSON.stringify(resource),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? {} : Object(JSON.parse(text)),
  };
}

async function clientToken(scopes: readonly string[]): Promise<string> {
  const client = await createClient(admin, { name: `EHR ${scopes.join(" ")}`, scopes, sourceId });
  const answer = await fetch(server.url("/oauth/token"), {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: client.id,
      client_secret: client.secret,
    }),
  });
  return String(Object(await answer.json()).access_token);
}

async function factsLike(kind: string): Promise<number> {
  const { rows } = await db().pool.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM clinical.fact WHERE source_id = $1 AND kind = $2",
    [sourceId, kind],
  );
  return rows[0]?.n ?? 0;
}

async function openLetters() {
  const { rows } = await db().pool.query<{ id: string; reason: string; detail: string }>(
    "SELECT id::text, reason, detail FROM signal.dead_letter WHERE source_id = $1 AND state = 'open' ORDER BY id",
    [sourceId],
  );
  return rows;
}

describe("a resource", () => {
  test("of each type is stored when it is answered with 201", async () => {
    const sent = [
      { path: "/fhir/ServiceRequest", resource: anOrder() },
      { path: "/fhir/ImagingStudy", resource: aStudy() },
      { path: "/fhir/DiagnosticReport", resource: aReport() },
      { path: "/fhir/Patient", resource: aPatient() },
    ];
    for (const one of sent) expect((await send(one)).status).toBe(201);
    const counts = await Promise.all(["order", "study", "report", "patient"].map(factsLike));
    expect(counts).toEqual([1, 1, 1, 1]);
  });

  test("that is sent again is known", async () => {
    await send({ path: "/fhir/ServiceRequest", resource: anOrder() });
    const again = await send({ path: "/fhir/ServiceRequest", resource: anOrder() });
    expect(again.status).toBe(200);
    expect(again.body.issue[0].diagnostics).toBe("It was known already.");
    expect(await factsLike("order")).toBe(1);
  });

  test("that is an audit event is told where it can be read, and the same twice is one", async () => {
    const event = anAudit({ recorded: recent });
    const first = await send({ path: "/fhir/AuditEvent", resource: event });
    expect(first.status).toBe(201);
    const location = first.headers.get("location") ?? "";
    expect(location).toMatch(/\/fhir\/AuditEvent\/e\.\d+\.\d+\.-?\d+$/);
    const again = await send({ path: "/fhir/AuditEvent", resource: { ...event, id: "another" } });
    expect([again.status, again.headers.get("location")]).toEqual([200, location]);
    const { rows } = await db().pool.query(
      "SELECT actor_id, claimed_address, outcome, patient_ref IS NOT NULL AS named FROM signal.external_audit_event WHERE source_id = $1",
      [sourceId],
    );
    expect(rows).toEqual([{ actor_id: "olga", claimed_address: null, outcome: "success", named: true }]);
  });

  test("that only announces a report is taken without keeping any of it", async () => {
    const answer = await send({
      path: "/fhir/DiagnosticReport",
      resource: aReport({ status: "registered", identifier: [{ value: "R-9" }] }),
    });
    expect(answer.status).toBe(200);
    expect(answer.body.issue[0].diagnostics).toContain("There is no report yet");
  });

  test.each([
    ["without what names it", anOrder({ identifier: [] }), "ServiceRequest without an identifier"],
    ["with a field of another type", anOrder({ status: 7 }), "status: invalid_type"],
  ])("%s is kept as a dead letter, with its reason", async (_, resource, detail) => {
    const answer = await send({ path: "/fhir/ServiceRequest", resource });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ resourceType: "OperationOutcome" });
    expect(answer.body.issue[0].diagnostics).toContain(detail);
    expect((await openLetters()).at(-1)?.detail).toBe(detail);
  });

  test("whose time lies too far ahead is refused by the store, and kept", async () => {
    const resource = aReport({ issued: new Date(Date.now() + 3 * 86_400_000).toISOString() });
    const answer = await send({ path: "/fhir/DiagnosticReport", resource });
    expect(answer.status).toBe(422);
    expect((await openLetters()).at(-1)?.reason).toBe("clock_ahead");
  });

  test("that is put renews what its sender keeps under that id", async () => {
    const path = "/fhir/ServiceRequest/77";
    const put = (over: object) =>
      send({ path, method: "PUT", resource: anOrder({ id: "77", identifier: [], ...over }) });
    expect((await put({})).status).toBe(201);
    expect((await put({ status: "completed" })).status).toBe(200);
    expect((await put({ id: "78" })).status).toBe(400);
  });

  test.each([
    ["JSON", "{", 400],
    ["a type that is taken", JSON.stringify({ resourceType: "Basic" }), 422],
    ["UTF-8", '"\u00ff"', 400],
  ])("that is not %s is refused in FHIR's words, and kept", async (_, resource, status) => {
    const before = (await openLetters()).length;
    const answer = await send({ path: "/fhir/Patient", resource });
    expect([answer.status, answer.body.resourceType]).toEqual([status, "OperationOutcome"]);
    expect(await openLetters()).toHaveLength(before + 1);
  });

  test("sent to the wrong address is refused, and not kept", async () => {
    const before = (await openLetters()).length;
    const statuses = [
      await send({ path: "/fhir/Patient", resource: anOrder() }),
      await send({ path: "/fhir", resource: anOrder() }),
      await send({ path: "/fhir/Patient", resource: aBundle("batch", []) }),
      await send({ path: "/fhir/Basic", resource: aPatient() }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([400, 400, 400, 404]);
    expect(await openLetters()).toHaveLength(before);
  });
});

describe("a bundle", () => {
  test("of requests gives each its own outcome", async () => {
    const batch = aBundle("batch", [
      aPatient({ identifier: [{ system: "urn:oid:9", value: "B-1" }] }),
      anOrder({ identifier: [] }),
      anAudit({ recorded: recent, action: "U" }),
    ]);
    const answer = await send({ path: "/fhir", resource: batch });
    expect(answer.status).toBe(200);
    expect(answer.body.type).toBe("batch-response");
    const statuses = answer.body.entry.map((one: { response: { status: string } }) => one.response.status);
    expect(statuses).toEqual(["201 Created", "422 Unprocessable Entity", "201 Created"]);
  });

  test("that is a transaction stores all or nothing", async () => {
    const patient = aPatient({ identifier: [{ system: "urn:oid:9", value: "T-1" }] });
    const before = await factsLike("patient");
    const early = aReport({ issued: new Date(Date.now() + 3 * 86_400_000).toISOString() });
    for (const broken of [anOrder({ identifier: [] }), early, { resourceType: "Basic" }]) {
      const answer = await send({ path: "/fhir", resource: aBundle("transaction", [patient, broken]) });
      expect([answer.status, answer.body.resourceType]).toEqual([422, "OperationOutcome"]);
      expect(answer.body.issue[0].expression).toEqual(["Bundle.entry[1]"]);
      expect(await factsLike("patient")).toBe(before);
    }
    const good = await send({ path: "/fhir", resource: aBundle("transaction", [patient]) });
    expect([good.status, good.body.type]).toEqual([200, "transaction-response"]);
    expect(await factsLike("patient")).toBe(before + 1);
  });

  test("that only holds resources together passes over those that serve the others", async () => {
    const collection = aBundle("collection", [
      { resourceType: "Organization", id: "o" },
      aPatient({ id: "p", identifier: [{ system: "urn:oid:9", value: "C-1" }] }),
      anOrder({ identifier: [{ value: "C-1" }], subject: { reference: "Patient/p" } }),
    ]);
    const answer = await send({ path: "/fhir", resource: collection });
    const statuses = answer.body.entry.map((one: { response: { status: string } }) => one.response.status);
    expect(statuses).toEqual(["200 OK", "201 Created", "201 Created"]);
  });
});

describe("who may send", () => {
  test("a client sends the types of its scopes alone", async () => {
    const as = await clientToken(["system/Patient.c"]);
    expect((await send({ path: "/fhir/Patient", resource: aPatient(), as })).status).toBe(200);
    expect((await send({ path: "/fhir/ServiceRequest", resource: anOrder(), as })).status).toBe(403);
    const pushed = await push({ url: server.url("/api/v1/ingest"), token: as, body: "[]" });
    expect(pushed.status).toBe(403);
  });

  test("nobody sends without a token, or for a source of another kind", async () => {
    expect((await send({ path: "/fhir/Patient", resource: aPatient(), as: "sbx_none" })).status).toBe(401);
    const other = await addSource(db(), "Engine");
    const as = (await createToken(system, { sourceId: other, name: "tests" })).secret;
    expect((await send({ path: "/fhir/Patient", resource: aPatient(), as })).status).toBe(403);
  });

  test("a client that sends cannot be made without its source", async () => {
    await expect(createClient(admin, { name: "x", scopes: ["system/Patient.c"] })).rejects.toMatchObject({
      code: "bad_request",
    });
  });
});

test("a dead letter is read again once the release or the settings can: nothing is lost, nothing doubled", async () => {
  await db().pool.query("DELETE FROM signal.dead_letter WHERE source_id = $1", [sourceId]);
  const patient = aPatient({ id: "z", identifier: [{ system: "urn:oid:9", value: "Z-1" }] });
  const broken = anOrder({ identifier: [], subject: { reference: "Patient/z" } });
  await send({ path: "/fhir", resource: aBundle("batch", [patient, broken]) });
  const [letter] = await openLetters();
  expect(letter?.detail).toBe("ServiceRequest without an identifier");
  const before = await factsLike("patient");
  expect(await retryDeadLetter(admin, { id: letter?.id })).toMatchObject({ state: "open" });
  expect(await openLetters()).toHaveLength(1);
  expect(await factsLike("patient")).toBe(before);
});
