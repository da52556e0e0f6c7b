import { z } from "zod";
import { env } from "@/lib/config/env";
import type { PollIo, ProbeReport } from "@/lib/connectors/connector";
import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { sourceInputSchema } from "@/lib/core/source/schema";
import { openSourceSecret } from "@/lib/crypto/source-secret";
import { findSourceRow, listSourceSecrets } from "@/lib/db/sources";
import { authorise, command, parseInput } from "@/lib/services/command";
import { checkSourceConfig } from "./check-source-config";

const probeLimitMs = 20_000;

/** What came of a test, in plain words. */
export type ConnectionReport = ProbeReport;

const testInput = z.union([
  z.strictObject({ id: z.coerce.number().int().positive() }),
  sourceInputSchema.partial({ name: true }),
]);

/**
 * Connects once to a source, saved ({ id }) or not ({ kind, config, secrets }), and says in plain words what was found.
 * The engine may take its time: no transaction is open meanwhile.
 * @throws AppError forbidden | bad_request | not_found | not_available for a feed that sends by itself
 */
export async function testSource(actor: Actor, rawInput: unknown): Promise<ConnectionReport> {
  await authorise({ actor, permission: "source.write" });
  const input = parseInput(testInput, rawInput);
  const subject = "id" in input ? await savedSource(input.id) : input;
  const { connector, config } = checkSourceConfig(subject);
  if (connector.probe === undefined) {
    throw new AppError("not_available", "This source sends by itself, so there is nothing to connect to.");
  }
  const report = await connector.probe(config, probeIo({ secrets: subject.secrets, now: new Date() }));
  await recordTest(actor, { source: "id" in input ? String(input.id) : "unsaved", isReached: report.ok });
  return report;
}

const recordTest = command({
  permission: "source.write",
  input: z.object({ source: z.string(), isReached: z.boolean() }),
  run: async () => undefined,
  audit: ({ input }) => ({
    action: "E",
    entityType: "source",
    entityId: input.source,
    detail: { test: input.isReached ? "reached" : "not reached" },
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
    fileRoots: env().fileRoots,
  };
}
