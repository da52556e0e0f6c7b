import type { ColumnMapping, PollIo } from "@/lib/connectors/connector";
import { columnMappingSchema } from "@/lib/core/interface/column-mapping";
import { retainedFrom } from "@/lib/core/metric/retention";
import { openSourceSecret } from "@/lib/crypto/source-secret";
import type { PolledSource } from "@/lib/db/polled-sources";
import { logFor } from "@/lib/telemetry/log";

/** Opens a source's secrets and mappings once for as long as it is read. */
export function pollIoFor(
  source: PolledSource,
  of: { readonly now: () => Date; readonly fileRoots: readonly string[] },
): (signal: AbortSignal) => PollIo {
  const secrets = new Map(
    source.secrets.map(({ name, keyId, bytes }) => [
      name,
      openSourceSecret({ sourceId: source.id, name }, { keyId, bytes }),
    ]),
  );
  const columnMapping = Object.fromEntries(source.mappings.flatMap((one) => mappingOf(one) ?? []));
  const log = logFor("ingest");
  return (signal) => ({
    signal,
    fetch,
    now: of.now,
    log: (message, facts) => log.info(message, { ...facts, sourceId: source.id }),
    secret: (name) => secrets.get(name),
    columnMapping,
    // An hour more: what is read before midnight may be stored after it.
    retainFrom: retainedFrom("deliveries", new Date(of.now().getTime() + 3_600_000)),
    fileRoots: of.fileRoots,
  });
}

/** A mapping that cannot be read is as good as none: columns stay unmapped rather than wrongly mapped. */
function mappingOf(one: PolledSource["mappings"][number]): [readonly [string, ColumnMapping]] | undefined {
  const parsed = columnMappingSchema.safeParse(one.mapping);
  if (!parsed.success) return undefined;
  const given = Object.entries(parsed.data).filter(([, column]) => column !== undefined);
  return [[one.interface, Object.fromEntries(given)]];
}
