import { beforeAll, describe, expect, test } from "vitest";
import { outcomeResponse } from "@/lib/api/fhir/fhir-answer";
import {
  handleReadAudit,
  handleSearchAudit,
  handleSearchAuditByForm,
} from "@/lib/api/fhir/handle-audit-event";
import { handleMetadata } from "@/lib/api/fhir/handle-metadata";
import { guarded } from "@/lib/api/handler";
import { handleToken } from "@/lib/api/oauth/handle-token";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { storeBatch } from "@/lib/ingest/pipeline";
import { createClient } from "@/lib/services/api-clients/create-client";
import { createToken } from "@/lib/services/tokens/create-token";
import { addSource, batchOf, withStorage } from "@/tests/support/storage";

const admin: Actor = {
  kind: "user",
  id: "3f0c2a1e-0000-4000-8000-000000000001",
  name: "An administrator",
  email: "admin@example.org",
  grants: everywhere("administrator"),
  factorAt: new Date(),
};
const base = "http://x.invalid/fhir/AuditEvent";
const day = "date=ge2026-03-10&date=lt2026-03-11";
const db = withStorage();
let token = "";
let sourceId = 0;

const search = guarded(handleSearchAudit, outcomeResponse);
const read = guarded(handleReadAudit, outcomeResponse);
const searchByForm = guarded(handleSearchAuditByForm, outcomeResponse);

beforeAll(async () => {
  sourceId = await addSource(db(), "Main engine");
  const event = (n: number, over: object = {}) => ({
    kind: "audit" as const,
    eventId: String(n),
    at: new Date(Date.UTC(2026, 2, 10, 10, n)),
    name: "Channel stopped",
    action: "E" as const,
    outcome: "success" as const,
    actorId: "7",
    actorName: "Olga Operator",
    claimedAddress: "10.0.0.7",
    objectType: "channel",
    objectId: "c1",
    objectName: "Laboratory",
    ...over,
  });
  const items = [
    event(1),
    event(2, {
      action: "R",
      name: "Message viewed",
      patient: { value: "4711", assigningAuthority: "1.2.3" },
    }),
    event(3, { outcome: "failure", actorName: "Paul", actorId: "8", claimedAddress: "engine.local" }),
    event(4, { outcome: "unknown" }),
  ];
  await storeBatch({ sourceId, batch: batchOf(...items), now: new Date("2026-03-10T12:00:00Z") });
  const client = await createClient(admin, { name: "SIEM", scopes: ["system/AuditEvent.rs"] });
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: client.id,
    client_secret: client.secret,
  });
  const answer = await handleToken(
    new Request("http://x.invalid/oauth/token", { method: "POST", body: form }),
  );
  token = String(Object(await answer.json()).access_token);
});

type Bundle = {
  readonly link: readonly { readonly relation: string; readonly url: string }[];
  readonly entry: readonly { readonly resource: Record<string, unknown> & { readonly id: string } }[];
};

const bearer = () => ({ Authorization: `Bearer ${token}` });

async function find(query: string): Promise<Bundle> {
  const response = await search(new Request(`${base}?${query}`, { headers: bearer() }));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("application/fhir+json");
  return response.json();
}

const ids = ({ entry }: Bundle) => entry.map(({ resource }) => resource.id);

describe("a search for audit events", () => {
  test("answers with a searchset, newest first, each a FHIR R4 AuditEvent", async () => {
    const bundle = await find(day);
    expect(bundle).toMatchObject({ resourceType: "Bundle", type: "searchset" });
    expect(bundle.entry.map(({ resource }) => resource["outcome"])).toEqual([undefined, "8", "0", "0"]);
    expect(bundle.entry[2]?.resource).toMatchObject({
      resourceType: "AuditEvent",
      type: { system: "http://dicom.nema.org/resources/ontology/DCM", code: "110100" },
      action: "R",
      recorded: "2026-03-10T10:02:00.000Z",
      agent: [
        {
          who: { identifier: { value: "7" } },
          name: "Olga Operator",
          requestor: true,
          network: { address: "10.0.0.7", type: "2" },
        },
      ],
      source: { observer: { display: "Main engine" } },
      entity: [{ name: "Laboratory" }, { role: { code: "1" } }],
    });
    expect(JSON.stringify(bundle)).not.toContain("4711");
  });

  test.each([
    ["action=R", 1],
    ["action=C", 0],
    ["outcome=0", 2],
    ["outcome=http://terminology.hl7.org/CodeSystem/audit-event-outcome|8", 1],
    ["agent=8", 1],
    ["agent.identifier=urn:x|7", 3],
    ["agent-name=olga", 3],
    ["agent-name=perator", 0],
    ["entity=c1", 4],
    ["entity-name=lab", 4],
    ["address=10.0.", 3],
    ["type=110100", 4],
    ["type=110114", 0],
    ["action=R&outcome=8", 0],
  ])("is narrowed by %s", async (condition, count) => {
    expect((await find(`${day}&${condition}`)).entry).toHaveLength(count);
  });

  test("goes on from page to page, without a gap and without a repetition", async () => {
    const seen: string[] = [];
    let query = `${day}&_count=1`;
    for (let page = 0; page < 10 && query !== ""; page++) {
      const bundle = await find(query);
      seen.push(...ids(bundle));
      query = bundle.link.find(({ relation }) => relation === "next")?.url.split("?")[1] ?? "";
    }
    expect(seen).toEqual(ids(await find(day)));
    expect(new Set(seen).size).toBe(4);
  });

  test("finds what the product itself recorded, each kind under its type", async () => {
    const since = `date=ge${new Date(Date.now() - 3_600_000).toISOString()}`;
    const own = await find(`${since}&source=0&type=110113`);
    expect(own.entry[0]?.resource).toMatchObject({
      action: "C",
      subtype: [{ code: "token.write" }],
      outcome: "0",
    });
    const uses = await find(`${since}&type=110101&agent-name=`);
    expect(uses.entry).toEqual([]);
    expect((await find(`${since}&type=110114`)).entry[0]?.resource).toMatchObject({
      subtype: [{ code: "client-access" }],
    });
  });

  test("is itself in the audit trail, by the names of its parameters", async () => {
    await find(`${day}&agent-name=olga`);
    const { rows } = await db().pool.query(
      "SELECT actor_kind, action, entity_type, detail::text AS detail FROM signal.audit_leaf ORDER BY id DESC LIMIT 1",
    );
    expect(rows[0]).toMatchObject({ actor_kind: "client", action: "E", entity_type: "audit-event-search" });
    expect(rows[0].detail).toContain("agentName");
    expect(rows[0].detail).not.toContain("olga");
  });

  test.each([
    "",
    "date=lt2026-03-11",
    "date=ge2020-01-01",
    "date=ge2026-13-01",
    `${day}&_count=0`,
    `${day}&foo=1`,
    `${day}&action=X`,
    `${day}&action=R&action=C`,
  ])("that cannot be answered as asked is refused: %j", async (query) => {
    const response = await search(new Request(`${base}?${query}`, { headers: bearer() }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      resourceType: "OperationOutcome",
      issue: [{ severity: "error", code: "invalid" }],
    });
  });
});

describe("what concerns one patient", () => {
  const post = (form: string) =>
    searchByForm(
      new Request(`${base}/_search`, {
        method: "POST",
        headers: { ...bearer(), "Content-Type": "application/x-www-form-urlencoded" },
        body: form,
      }),
    );

  test("is asked by a form, and the links that follow do not name the patient", async () => {
    const form = `${day}&patient.identifier=${encodeURIComponent("urn:oid:1.2.3|4711")}`;
    const bundle: Bundle = await (await post(form)).json();
    expect(bundle.entry).toHaveLength(1);
    expect(JSON.stringify(bundle)).not.toContain("4711");
    const self = bundle.link.find(({ relation }) => relation === "self")?.url.split("?")[1] ?? "";
    expect(ids(await find(self))).toEqual(ids(bundle));
    const other: Bundle = await (await post(form.replace("4711", "4712"))).json();
    expect(other.entry).toEqual([]);
  });

  test("is refused in an address", async () => {
    const request = new Request(`${base}?${day}&patient.identifier=1.2.3|4711`, { headers: bearer() });
    expect((await search(request)).status).toBe(400);
  });
});

describe("one audit event", () => {
  test("is read by its id, and that is audited", async () => {
    const [first] = (await find(`${day}&action=R`)).entry;
    const id = first?.resource.id ?? "";
    const response = await read(new Request(`${base}/${id}`, { headers: bearer() }));
    expect(await response.json()).toEqual(first?.resource);
    const { rows } = await db().pool.query(
      "SELECT action, entity_id FROM signal.audit_leaf ORDER BY id DESC LIMIT 1",
    );
    expect(rows).toEqual([{ action: "R", entity_id: id }]);
  });

  test.each(["e.1.1.1", "o.1.1", "x", "e.1.1.1;drop"])("that is not there is not found: %s", async (id) => {
    const response = await read(new Request(`${base}/${id}`, { headers: bearer() }));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ issue: [{ code: "not-found" }] });
  });
});

test("nobody reads without a token of the right scope", async () => {
  const none = await search(new Request(`${base}?${day}`));
  expect(none.status).toBe(401);
  expect(none.headers.get("www-authenticate")).toBe('Bearer realm="signalbox"');
  const { secret } = await createToken(admin, { sourceId, name: "pusher" });
  const wrong = await search(
    new Request(`${base}?${day}`, { headers: { Authorization: `Bearer ${secret}` } }),
  );
  expect(wrong.status).toBe(403);
  expect(await wrong.json()).toMatchObject({ issue: [{ code: "forbidden" }] });
});

test("the capability statement names what is offered", async () => {
  const statement = await (await handleMetadata(new Request("http://x.invalid/fhir/metadata"))).json();
  expect(statement).toMatchObject({
    resourceType: "CapabilityStatement",
    fhirVersion: "4.0.1",
    kind: "instance",
  });
  expect(statement.rest[0].resource[0].searchParam.map(({ name }: { name: string }) => name)).toContain(
    "date",
  );
});
