import { z } from "zod";
import { type CertificateReading, readCertificate } from "@/lib/connectors/read-certificate";
import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { parseEndpoint } from "@/lib/core/estate/endpoint";
import { systemRefSchema } from "@/lib/core/estate/schema";
import { endpointsToRead, keepReading, readEndpoint } from "@/lib/db/estate";
import { authorise, command, parseInput } from "@/lib/services/command";

/** An endpoint is tried so often. */
const EVERY_MS = 6 * 3_600_000;

/** Reads the certificate of every system that was not tried for six hours, one after the other. */
export async function readDueEndpoints(ask: {
  readonly now: () => Date;
  readonly signal: AbortSignal;
}): Promise<void> {
  for (const system of await endpointsToRead(new Date(ask.now().getTime() - EVERY_MS))) {
    if (ask.signal.aborted) return;
    await readOne(system, ask.now);
  }
}

/**
 * Reads the certificate of one system now. The system may take its time: no transaction is open meanwhile. Input: { id }.
 * @throws AppError forbidden | bad_request | conflict where it names no endpoint
 */
export async function readSystemCertificate(actor: Actor, rawInput: unknown): Promise<void> {
  await authorise({ actor, permission: "estate.write" });
  const { id } = parseInput(systemRefSchema, rawInput);
  const endpoint = await readEndpoint(id);
  if (endpoint === undefined) throw new AppError("conflict", "This system names no endpoint.");
  const reading = await readOne({ id, endpoint }, () => new Date());
  await recordReading(actor, { id, isRead: reading.ok });
}

const recordReading = command({
  permission: "estate.write",
  input: z.object({ id: z.string(), isRead: z.boolean() }),
  run: async () => undefined,
  audit: ({ input }) => ({
    action: "E",
    entityType: "system-certificate",
    entityId: input.id,
    detail: { read: input.isRead },
  }),
});

async function readOne(
  system: { readonly id: string; readonly endpoint: string },
  now: () => Date,
): Promise<CertificateReading> {
  const endpoint = parseEndpoint(system.endpoint);
  const reading: CertificateReading =
    endpoint === undefined
      ? { ok: false, problem: "its endpoint is none." }
      : await readCertificate(endpoint);
  await keepReading({
    ...system,
    at: now(),
    problem: reading.ok ? undefined : reading.problem,
    seen: reading.ok ? reading.seen : undefined,
  });
  return reading;
}
