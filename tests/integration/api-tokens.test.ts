import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { answerEndpoint } from "@/lib/api/endpoints";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { createToken } from "@/lib/services/tokens/create-token";
import { listTokens } from "@/lib/services/tokens/list-tokens";
import { revokeToken } from "@/lib/services/tokens/revoke-token";
import { rotateToken } from "@/lib/services/tokens/rotate-token";
import { push, withPort } from "@/tests/support/ingest-port";
import { addSource, withStorage } from "@/tests/support/storage";

const admin: Actor = {
  kind: "user",
  id: "3f0c2a1e-0000-4000-8000-000000000001",
  name: "An administrator",
  email: "admin@example.org",
  grants: everywhere("administrator"),
  factorAt: new Date(),
};
const analyst: Actor = { ...admin, grants: everywhere("interface-analyst") };
const db = withStorage();
const server = withPort(() => answerEndpoint);
let sourceId = 0;

beforeAll(async () => {
  sourceId = await addSource(db(), "feed");
});

function send(token?: string) {
  return push({ url: server.url("/api/v1/ingest"), body: "[]", ...(token === undefined ? {} : { token }) });
}

function make(name: string, over: Record<string, unknown> = {}) {
  return createToken(admin, { sourceId, name, ...over });
}

async function auditOf(entityId: string) {
  const { rows } = await db().pool.query(
    "SELECT action, permission, outcome, detail FROM signal.audit_leaf WHERE entity_id = $1 ORDER BY id",
    [entityId],
  );
  return rows;
}

describe("a request without a valid token", () => {
  test("is refused with a challenge, whether there is none or a wrong one", async () => {
    const none = await send();
    expect(none.status).toBe(401);
    expect(none.headers.get("www-authenticate")).toBe('Bearer realm="signalbox"');
    const wrong = await send("sbx_unknown");
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get("www-authenticate")).toBe('Bearer realm="signalbox", error="invalid_token"');
    expect(wrong.headers.get("content-type")).toBe("application/problem+json");
    expect(wrong.body["requestId"]).toBe(wrong.headers.get("x-request-id"));
  });

  test("is refused when the token has expired, and let in before that", async () => {
    const past = await make("old", { expiresAt: new Date(Date.now() - 1_000).toISOString() });
    const future = await make("new", { expiresAt: new Date(Date.now() + 60_000).toISOString() });
    expect((await send(past.secret)).status).toBe(401);
    expect((await send(future.secret)).status).toBe(200);
  });

  test("is refused when the token lacks the scope, which is named", async () => {
    const { id, secret } = await make("unscoped");
    await db().pool.query("UPDATE public.access_token SET scopes = '{}' WHERE id = $1", [id]);
    const answer = await send(secret);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("www-authenticate")).toContain('scope="signalbox/ingest.write"');
  });
});

describe("a token", () => {
  test("is kept as its hash only, and shown by its first characters", async () => {
    const { secret, hint } = await make("hashed");
    const { rows } = await db().pool.query("SELECT row_to_json(t)::text AS text FROM public.access_token t");
    expect(rows.map((row) => row.text).join()).not.toContain(secret);
    expect(secret.startsWith(hint)).toBe(true);
    expect(JSON.stringify(await listTokens(admin, { sourceId }))).not.toContain(secret);
  });

  test("is refused everywhere within a second after it was revoked", async () => {
    const { id, secret } = await make("revoked");
    expect((await send(secret)).status).toBe(200);
    await revokeToken(admin, { tokenId: id });
    await sleep(1_050);
    expect((await send(secret)).status).toBe(401);
    expect(await auditOf(id)).toMatchObject([
      { action: "C", permission: "token.write", outcome: "success" },
      { action: "U", permission: "token.write", outcome: "success", detail: { revoked: true } },
    ]);
  });

  test("given a new secret works with both until the old one's time is over", async () => {
    const old = await make("rotated");
    const renewed = await rotateToken(admin, { tokenId: old.id, overlapHours: 1 });
    expect([renewed.id, renewed.secret === old.secret]).toEqual([old.id, false]);
    expect((await send(old.secret)).status).toBe(200);
    expect((await send(renewed.secret)).status).toBe(200);
    await db().pool.query("UPDATE public.access_token SET previous_until = now() WHERE id = $1", [old.id]);
    await sleep(1_050);
    expect((await send(old.secret)).status).toBe(401);
    expect((await send(renewed.secret)).status).toBe(200);
    expect((await auditOf(old.id))[1]).toMatchObject({ action: "U", detail: { rotated: true } });
    await revokeToken(admin, { tokenId: old.id });
    await expect(rotateToken(admin, { tokenId: old.id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("notes when it was last used, and not more often than once a minute", async () => {
    const { id, secret } = await make("used");
    const lastUsed = async () =>
      (await listTokens(admin, { sourceId })).find((token) => token.id === id)?.lastUsedAt?.getTime();
    expect(await lastUsed()).toBeUndefined();
    await send(secret);
    const first = await lastUsed();
    expect(first).toBeTypeOf("number");
    await sleep(1_050);
    await send(secret);
    expect(await lastUsed()).toBe(first);
  });

  test("of a paused source is told to come back, of a removed one it is refused", async () => {
    const other = await addSource(db(), "other feed");
    const { secret } = await createToken(admin, { sourceId: other, name: "paused" });
    await db().pool.query("UPDATE public.source SET paused_at = now() WHERE id = $1", [other]);
    const paused = await send(secret);
    expect(paused).toMatchObject({ status: 503, body: { reason: "source_paused" } });
    expect(paused.headers.get("retry-after")).toBe("60");
    await db().pool.query("UPDATE public.source SET removed_at = now() WHERE id = $1", [other]);
    await sleep(1_050);
    expect((await send(secret)).status).toBe(401);
  });

  test("can be made for a source that exists, by those who may", async () => {
    await expect(createToken(analyst, { sourceId, name: "x" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(createToken(admin, { sourceId: 999_999, name: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await auditOf("token.write")).toMatchObject([{ outcome: "denied" }]);
  });
});
