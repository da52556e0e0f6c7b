import { readCertificate } from "@/lib/connectors/read-certificate";
import { AppError } from "@/lib/core/errors";
import { parseEndpoint } from "@/lib/core/estate/endpoint";
import { systemRefSchema } from "@/lib/core/estate/schema";
import { endpointsToRead, keepReading, readEndpoint } from "@/lib/db/estate";
import { command } from "@/lib/services/command";

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

/** Reads the certificate of one system now. Input: { id }. @throws AppError forbidden | bad_request | conflict where it has no endpoint */
export const readSystemCertificate = command({
  permission: "estate.write",
  input: systemRefSchema,
  run: async ({ input, now }) => {
    const endpoint = await readEndpoint(input.id);
    if (endpoint === undefined) throw new AppError("conflict", "This system names no endpoint.");
    await readOne({ id: input.id, endpoint }, () => now);
  },
  audit: ({ input }) => ({ action: "R", entityType: "system-certificate", entityId: input.id }),
});

async function readOne(
  system: { readonly id: string; readonly endpoint: string },
  now: () => Date,
): Promise<void> {
  const endpoint = parseEndpoint(system.endpoint);
  if (endpoint === undefined) return;
  const reading = await readCertificate(endpoint);
  await keepReading({
    ...system,
    at: now(),
    problem: reading.ok ? undefined : reading.problem,
    seen: reading.ok ? reading.seen : undefined,
  });
}
