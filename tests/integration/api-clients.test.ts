import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { answerEndpoint } from "@/lib/api/endpoints";
import type { Actor } from "@/lib/core/authz/actor";
import { createClient } from "@/lib/services/api-clients/create-client";
import { listClients } from "@/lib/services/api-clients/list-clients";
import { revokeClient } from "@/lib/services/api-clients/revoke-client";
import { rotateClient } from "@/lib/services/api-clients/rotate-client";
import { push, withPort } from "@/tests/support/ingest-port";
import { addSource, withStorage } from "@/tests/support/storage";

const admin: Actor = {
  kind: "user",
  id: "3f0c2a1e-0000-4000-8000-000000000001",
  name: "An administrator",
  email: "admin@example.org",
  grants: [{ role: "administrator", department: undefined }],
  factorAt: new Date(),
};
const analyst: Actor = { ...admin, grants: [{ role: "interface-analyst", department: undefined }] };
const db = withStorage();
const server = withPort(() => answerEndpoint);
let sourceId = 0;

beforeAll(async () => {
  sourceId = await addSource(db(), "feed");
});

function make(over: Record<string, unknown> = {}) {
  return createClient(admin, { name: "Router", scopes: ["signalbox/ingest.write"], sourceId, ...over });
}

type Credentials = { readonly id: string; readonly secret: string };

async function ask(form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(server.url("/oauth/token"), {
    method: "POST",
    headers,
    body: new URLSearchParams(form),
  });
  const body: Record<string, unknown> = Object(await response.json());
  return { status: response.status, headers: response.headers, body };
}

const grant = { grant_type: "client_credentials" } as const;

function basic({ id, secret }: Credentials): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` };
}

async function accessOf(client: Credentials): Promise<string> {
  return String((await ask(grant, basic(client))).body["access_token"]);
}

const send = (token: string) => push({ url: server.url("/api/v1/ingest"), body: "[]", token });

async function auditOf(entityId: string) {
  const { rows } = await db().pool.query(
    "SELECT actor_kind, action, permission, outcome, detail FROM signal.audit_leaf WHERE entity_id = $1 ORDER BY id",
    [entityId],
  );
  return rows;
}

describe("a client's id and secret", () => {
  test("get it an access token that lives for a quarter of an hour, in the header or in the form", async () => {
    const client = await make();
    const first = await ask(grant, basic(client));
    expect(first).toMatchObject({
      status: 200,
      body: { token_type: "Bearer", expires_in: 900, scope: "signalbox/ingest.write" },
    });
    expect(first.headers.get("cache-control")).toBe("no-store");
    expect(first.headers.get("ratelimit")).toMatch(/^"oauth-token";r=\d+;t=\d+$/);
    const second = await ask({ ...grant, client_id: client.id, client_secret: client.secret });
    expect(second.status).toBe(200);
    for (const { body } of [first, second])
      expect((await send(String(body["access_token"]))).status).toBe(200);
  });

  test("are kept as hashes only, as is what they get", async () => {
    const client = await make();
    const token = await accessOf(client);
    const { rows } = await db().pool.query(
      "SELECT row_to_json(c)::text AS text FROM public.api_client c UNION ALL SELECT row_to_json(a)::text FROM public.client_access a",
    );
    const text = rows.map((row) => row.text).join();
    expect(text).not.toContain(client.secret);
    expect(text).not.toContain(token);
    expect(JSON.stringify(await listClients(admin, {}))).not.toContain(client.secret);
  });

  test.each<[string, (client: Credentials) => Promise<{ status: number; body: object }>, number, string]>([
    ["a wrong secret", (client) => ask(grant, basic({ ...client, secret: "sbc_no" })), 401, "invalid_client"],
    [
      "an unknown client",
      (client) => ask(grant, basic({ ...client, id: randomUUID() })),
      401,
      "invalid_client",
    ],
    ["an id that is none", (client) => ask(grant, basic({ ...client, id: "x'--" })), 401, "invalid_client"],
    ["no credentials", () => ask(grant), 401, "invalid_client"],
    [
      "credentials twice",
      (client) => ask({ ...grant, client_id: client.id, client_secret: client.secret }, basic(client)),
      400,
      "invalid_request",
    ],
    [
      "another id in the form",
      (client) => ask({ ...grant, client_id: "x" }, basic(client)),
      401,
      "invalid_client",
    ],
    [
      "another grant",
      (client) => ask({ grant_type: "password" }, basic(client)),
      400,
      "unsupported_grant_type",
    ],
    ["no grant", (client) => ask({}, basic(client)), 400, "invalid_request"],
    [
      "a scope that it lacks",
      (client) => ask({ ...grant, scope: "system/AuditEvent.rs" }, basic(client)),
      400,
      "invalid_scope",
    ],
  ])("are refused as RFC 6749 says with %s", async (_, attempt, status, error) => {
    expect(await attempt(await make())).toMatchObject({ status, body: { error } });
  });

  test("are refused when a parameter comes twice, or comes as JSON", async () => {
    const headers = { ...basic(await make()), "Content-Type": "application/x-www-form-urlencoded" };
    const twice = "grant_type=client_credentials&grant_type=client_credentials";
    const of = (init: RequestInit) => fetch(server.url("/oauth/token"), { method: "POST", ...init });
    expect((await of({ headers, body: twice })).status).toBe(400);
    const json = { ...headers, "Content-Type": "application/json" };
    expect((await of({ headers: json, body: JSON.stringify(grant) })).status).toBe(400);
  });

  test("granted and refused are in the audit trail, by the client itself", async () => {
    const client = await make();
    await accessOf(client);
    await ask(grant, basic({ ...client, secret: "wrong" }));
    expect(await auditOf(client.id)).toMatchObject([
      { actor_kind: "user", action: "C", permission: "token.write", outcome: "success" },
      { actor_kind: "client", action: "E", permission: "client-access", outcome: "success" },
      { actor_kind: "client", action: "E", outcome: "failure", detail: { error: "invalid_client" } },
    ]);
  });

  test("asked too often are told when to come back", async () => {
    const client = await make();
    const answers = await Promise.all(Array.from({ length: 70 }, () => ask(grant, basic(client))));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(10);
    expect(refused[0]?.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(refused[0]?.headers.get("ratelimit")).toMatch(/^"oauth-token";r=0;t=\d+$/);
  });
});

describe("a new secret", () => {
  test("works at once, the old one until its time is over, one from before that no longer", async () => {
    const client = await make();
    const second = await rotateClient(admin, { clientId: client.id, overlapHours: 1 });
    expect((await ask(grant, basic(second))).status).toBe(200);
    expect((await ask(grant, basic(client))).status).toBe(200);
    const third = await rotateClient(admin, { clientId: client.id });
    expect((await ask(grant, basic(client))).status).toBe(401);
    expect((await ask(grant, basic(second))).status).toBe(200);
    await db().pool.query("UPDATE public.api_client SET previous_until = now() WHERE id = $1", [client.id]);
    expect((await ask(grant, basic(second))).status).toBe(401);
    expect((await ask(grant, basic(third))).status).toBe(200);
    expect((await auditOf(client.id))[1]).toMatchObject({
      action: "U",
      detail: { rotated: true, overlapHours: 1 },
    });
  });

  test("that ends the old one at once is possible too", async () => {
    const client = await make();
    await rotateClient(admin, { clientId: client.id, overlapHours: 0 });
    expect((await ask(grant, basic(client))).status).toBe(401);
  });
});

describe("an access token", () => {
  test("is refused once it has expired, and at once when its client is revoked", async () => {
    const client = await make();
    const token = await accessOf(client);
    await db().pool.query("UPDATE public.client_access SET expires_at = now() WHERE client_id = $1", [
      client.id,
    ]);
    expect((await send(token)).status).toBe(401);
    const other = await accessOf(client);
    expect((await send(other)).status).toBe(200);
    await revokeClient(admin, { clientId: client.id });
    expect((await send(other)).status).toBe(401);
    expect((await ask(grant, basic(client))).body).toMatchObject({ error: "invalid_client" });
  });

  test("of a client that has expired gets and gives nothing", async () => {
    const client = await make();
    const token = await accessOf(client);
    await db().pool.query("UPDATE public.api_client SET expires_at = now() WHERE id = $1", [client.id]);
    expect((await send(token)).status).toBe(401);
    expect((await ask(grant, basic(client))).status).toBe(401);
  });

  test("does what its scope says and nothing else", async () => {
    const reader = await make({ scopes: ["system/AuditEvent.rs"], sourceId: undefined });
    const answer = await send(await accessOf(reader));
    expect(answer.status).toBe(403);
    expect(answer.headers.get("www-authenticate")).toContain('scope="signalbox/ingest.write"');
  });
});

test("clients are made by those who may, and for a source where they push", async () => {
  await expect(createClient(analyst, { name: "x", scopes: ["system/AuditEvent.rs"] })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(make({ sourceId: undefined })).rejects.toMatchObject({ code: "bad_request" });
  await expect(make({ sourceId: 999_999 })).rejects.toMatchObject({ code: "not_found" });
  await expect(make({ scopes: ["system/*.cruds"] })).rejects.toMatchObject({ code: "bad_request" });
});
