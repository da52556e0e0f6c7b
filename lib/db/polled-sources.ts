import { database } from "./client";

/** A source that is to be read, with everything that reading it needs. Secrets are sealed. */
export type PolledSource = {
  readonly id: number;
  readonly kind: string;
  readonly config: unknown;
  readonly secrets: readonly { readonly name: string; readonly keyId: string; readonly bytes: Buffer }[];
  /** Confirmed mappings by the engine's id of the channel, as stored. */
  readonly mappings: readonly { readonly interface: string; readonly mapping: unknown }[];
};

/** Sources of these kinds that are neither paused nor removed. */
export async function readPolledSources(kinds: readonly string[]): Promise<readonly PolledSource[]> {
  const rows = await database().prisma.source.findMany({
    where: { kind: { in: [...kinds] }, pausedAt: null, removedAt: null },
    orderBy: { id: "asc" },
    select: {
      id: true,
      kind: true,
      config: true,
      secrets: { select: { name: true, keyId: true, ciphertext: true }, orderBy: { name: "asc" } },
      interfaces: {
        where: { mappingConfirmedAt: { not: null } },
        select: { externalId: true, columnMapping: true },
        orderBy: { externalId: "asc" },
      },
    },
  });
  return rows.map(({ id, kind, config, secrets, interfaces }) => ({
    id,
    kind,
    config,
    secrets: secrets.map(({ name, keyId, ciphertext }) => ({ name, keyId, bytes: Buffer.from(ciphertext) })),
    mappings: interfaces.map(({ externalId, columnMapping }) => ({
      interface: externalId,
      mapping: columnMapping,
    })),
  }));
}
