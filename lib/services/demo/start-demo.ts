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
import { demoPorts, demoSources } from "./demo-sources";
import { refuseBesideReal } from "./guard";
import { plantEstate } from "./plant-estate";
import { demoTokenSecret } from "./read-demo-secret";

const startDemoInput = z.object({
  /** The same seed gives the same hospital. */
  seed: z.int().min(0).max(2_147_483_647).default(20_261),
  /** Zone in which the hospital keeps its hours; the server's by default. */
  zone: z.string().default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
});

/**
 * Adds the demo hospital: sources that are read, or sent to, through their real protocols, one that pushes, systems of the
 * estate, and a note that lets the worker make its past and keep its traffic going. Refuses beside real sources.
 * @throws AppError forbidden | bad_request | conflict
 */
export const startDemo = command({
  permission: "demo.write",
  input: startDemoInput,
  run: async ({ tx, input, now }) => {
    await refuseBesideReal(tx);
    const idsByKind = new Map<string, number>();
    for (const { secrets, ...source } of demoSources({ firstPort: somePort(), now })) {
      // Until the worker has opened the other side there is nothing to read.
      const sourceId = await insertDemoSource(tx, { ...source, pausedAt: now });
      for (const [name, text] of Object.entries(secrets)) await keepSecret(tx, { sourceId, name, text });
      idsByKind.set(source.kind, sourceId);
    }
    idsByKind.set("push", await addPush(tx));
    await plantEstate(tx, { idsByKind, zone: input.zone, now });
    await putDemoState(tx, { ...input, startedAt: now, phase: "history", partsDone: 0, partsTotal: 1 });
    return { sourceIds: [...idsByKind.values()] };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "demo",
    entityId: "demo",
    detail: { seed: input.seed, sources: result.sourceIds },
  }),
});

/** The first of as many ports as the demo takes, below those that systems give out by themselves. */
function somePort(): number {
  return randomInt(20_000, 32_000 - demoPorts);
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
