import { z } from "zod";
import type { PollIo, ProbeReport } from "@/lib/connectors/connector";
import { AppError } from "@/lib/core/errors";
import { sourceInputSchema } from "@/lib/core/source/schema";
import { openSourceSecret } from "@/lib/crypto/source-secret";
import { findSourceRow, listSourceSecrets } from "@/lib/db/sources";
import { command } from "@/lib/services/command";
import { checkSourceConfig } from "./check-source-config";

const probeLimitMs = 20_000;

/**
 * Connects once to a source, saved ({ id }) or not ({ kind, config, secrets }), and says in plain words what was found.
 * @throws AppError forbidden | bad_request | not_found | not_available for a feed that sends by itself
 */
export const testSource = command({
  permission: "source.write",
  input: z.union([
    z.strictObject({ id: z.coerce.number().int().positive() }),
    sourceInputSchema.partial({ name: true }),
  ]),
  run: async ({ input, now }): Promise<ProbeReport> => {
    const subject = "id" in input ? await savedSource(input.id) : input;
    const { connector, config } = checkSourceConfig(subject);
    if (connector.probe === undefined) {
      throw new AppError("not_available", "This source sends by itself, so there is nothing to connect to.");
    }
    return connector.probe(config, probeIo({ secrets: subject.secrets, now }));
  },
  audit: ({ input, result }) => ({
    action: "E",
    entityType: "source",
    entityId: "id" in input ? String(input.id) : "unsaved",
    detail: { test: result.ok ? "reached" : "not reached" },
  }),
});

async function savedSource(id: number) {
  const source = await findSourceRow(id);
  if (source === undefined) throw new AppError("not_found", "There is no such source.");
  const sealed = await listSourceSecrets(id);
  const secrets = Object.fromEntries(
    sealed.map(({ name, keyId, bytes }) => [
      name,
      openSourceSecret({ sourceId: id, name }, { keyId, bytes }),
    ]),
  );
  return { kind: source.kind, config: z.record(z.string(), z.unknown()).parse(source.config), secrets };
}

function probeIo(of: { readonly secrets: Readonly<Record<string, string>>; readonly now: Date }): PollIo {
  return {
    signal: AbortSignal.timeout(probeLimitMs),
    fetch,
    now: () => new Date(),
    log: () => undefined,
    secret: (name) => of.secrets[name],
    columnMapping: {},
    retainFrom: of.now,
  };
}
