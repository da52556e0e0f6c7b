import { certificateStanding } from "@/lib/core/estate/certificate";
import { type SystemWarning, systemWarnings } from "@/lib/core/estate/warnings";
import { groupBy } from "@/lib/core/group-by";
import type { SystemRecord } from "@/lib/db/estate";
import type { Maintenance } from "@/lib/db/estate-papers";
import { readSourceSays, type SourceSays } from "@/lib/db/estate-source";

/** A system as its page shows it. */
export type SystemView = SystemRecord & {
  readonly clockSkewMs: number | undefined;
  /** The last change of version that its source saw. */
  readonly lastVersionChange: SourceSays["lastChange"];
  readonly certificateStanding: ReturnType<typeof certificateStanding>;
  readonly warnings: readonly SystemWarning[];
  /** What is planned or under way, by its begin. */
  readonly maintenance: readonly Maintenance[];
};

/** Joins what people said of systems with what their sources and endpoints tell. */
export async function viewSystems(of: {
  readonly systems: readonly SystemRecord[];
  readonly maintenance: readonly Maintenance[];
  readonly now: Date;
}): Promise<readonly SystemView[]> {
  const { systems, now } = of;
  const sourceIds = systems.flatMap(({ source }) => source?.id ?? []);
  const says = new Map((await readSourceSays({ sourceIds, now })).map((one) => [one.sourceId, one]));
  const planned = groupBy(of.maintenance, ({ systemId }) => systemId);
  return systems.map((system) => {
    const said = system.source && says.get(system.source.id);
    const clockSkewMs = said?.clockSkewMs;
    return {
      ...system,
      clockSkewMs,
      lastVersionChange: said?.lastChange,
      certificateStanding: certificateStanding(system.certificate, now),
      warnings: systemWarnings({ ...system, clockSkewMs }, now),
      maintenance: planned.get(system.id) ?? [],
    };
  });
}
