import { randomInt } from "node:crypto";
import { z } from "zod";
import { tokenScopes } from "@/lib/core/access-token/schema";
import { newToken, tokenHash } from "@/lib/crypto/keyed-hash";
import { sealSourceSecret } from "@/lib/crypto/source-secret";
import { insertDemoSource, putDemoState } from "@/lib/db/demo";
import { putSourceSecret } from "@/lib/db/sources";
import { insertToken } from "@/lib/db/tokens";
import type { Transaction } from "@/lib/db/transaction";
import { command } from "@/lib/services/command";
import { refuseBesideReal } from "./guard";
import { demoTokenSecret } from "./read-demo-token";

/** The stub engine accepts these and nothing else; it listens on the loopback address only. */
export const demoEngineLogin = { username: "admin", password: "admin-of-the-demo" } as const;

const startDemoInput = z.object({
  /** The same seed gives the same hospital. */
  seed: z.int().min(0).max(2_147_483_647).default(20_261),
  /** Zone in which the hospital keeps its hours; the server's by default. */
  zone: z.string().default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
});

/**
 * Adds the demo hospital: one source that is polled from a stub engine, one that pushes, and a note that lets the worker
 * make its past and keep its traffic going. Refuses beside real sources.
 * @throws AppError forbidden | bad_request | conflict
 */
export const startDemo = command({
  permission: "demo.write",
  input: startDemoInput,
  run: async ({ tx, input, now }) => {
    await refuseBesideReal(tx);
    const engineId = await addEngine(tx, now);
    const pushId = await addPush(tx);
    await putDemoState(tx, { ...input, startedAt: now, phase: "history", partsDone: 0, partsTotal: 1 });
    return { sourceIds: [engineId, pushId] };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "demo",
    entityId: "demo",
    detail: { seed: input.seed, sources: result.sourceIds },
  }),
});

async function addEngine(tx: Transaction, now: Date): Promise<number> {
  const sourceId = await insertDemoSource(tx, {
    kind: "mirth",
    name: "Demo hospital – interface engine",
    // Until the worker has started the engine there is nothing to read.
    pausedAt: now,
    config: {
      // The worker may take another port when this one is taken, and then changes it here.
      url: `http://127.0.0.1:${randomInt(20_000, 32_000)}`,
      username: demoEngineLogin.username,
      tls: "verify",
      // The past before the demo began is loaded at once; only what came since is read through the protocol.
      backfillDays: 1,
      errorTextsPerMinute: 60,
      timeoutSeconds: 30,
    },
  });
  await keepSecret(tx, { sourceId, name: "password", text: demoEngineLogin.password });
  return sourceId;
}

async function addPush(tx: Transaction): Promise<number> {
  const sourceId = await insertDemoSource(tx, {
    kind: "push",
    name: "Demo hospital – devices and imaging",
    config: { description: "Routers and gateways of the demo hospital report here by themselves." },
  });
  const secret = newToken("sbx");
  await insertToken(tx, {
    sourceId,
    name: "Demo traffic",
    hint: secret.slice(0, 9),
    scopes: tokenScopes,
    createdBy: "demo",
    expiresAt: undefined,
    hash: tokenHash(secret),
  });
  await keepSecret(tx, { sourceId, name: demoTokenSecret, text: secret });
  return sourceId;
}

async function keepSecret(
  tx: Transaction,
  secret: { readonly sourceId: number; readonly name: string; readonly text: string },
): Promise<void> {
  const { sourceId, name, text } = secret;
  const { keyId, bytes } = sealSourceSecret({ sourceId, name }, text);
  await putSourceSecret(tx, { sourceId, name, keyId, bytes });
}
