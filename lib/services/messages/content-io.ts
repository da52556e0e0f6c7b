import type { PollIo } from "@/lib/connectors/connector";
import { AppError } from "@/lib/core/errors";
import { openSourceSecret } from "@/lib/crypto/source-secret";
import { findSourceRow, listSourceSecrets } from "@/lib/db/sources";

const LIMIT_MS = 20_000;

/** Settings and outside world for one call to a source on a person's behalf. @throws AppError not_found */
export async function contentIo(
  sourceId: number,
): Promise<{ readonly config: unknown; readonly io: PollIo }> {
  const source = await findSourceRow(sourceId);
  if (source === undefined) throw new AppError("not_found", "There is no such source.");
  const secrets = new Map(
    (await listSourceSecrets(sourceId)).map(({ name, keyId, bytes }) => [
      name,
      openSourceSecret({ sourceId, name }, { keyId, bytes }),
    ]),
  );
  return {
    config: source.config,
    io: {
      signal: AbortSignal.timeout(LIMIT_MS),
      fetch,
      now: () => new Date(),
      log: () => undefined,
      secret: (name) => secrets.get(name),
      columnMapping: {},
      retainFrom: new Date(),
    },
  };
}
