import type { Reach } from "@/lib/core/authz/policy";
import type { DeliveryLine } from "@/lib/db/delivery-line";
import { type LegEntry, readLegDirectory } from "@/lib/db/leg-directory";

/** A delivery with the names of its interface and leg. */
export type MessageRow = DeliveryLine &
  Pick<LegEntry, "sourceId" | "interfaceId" | "interface" | "leg" | "direction">;

/** Gives each delivery its names, in order; a delivery whose leg is gone or out of reach is left out. */
export async function nameLegs(lines: readonly DeliveryLine[], reach: Reach): Promise<readonly MessageRow[]> {
  if (lines.length === 0) return [];
  const legs = await readLegDirectory([...new Set(lines.map(({ legId }) => legId))], reach);
  const byId = new Map(legs.map((leg) => [leg.legId, leg]));
  return lines.flatMap((line) => {
    const leg = byId.get(line.legId);
    if (leg === undefined) return [];
    return [
      {
        ...line,
        sourceId: leg.sourceId,
        interfaceId: leg.interfaceId,
        interface: leg.interface,
        leg: leg.leg,
        direction: leg.direction,
      },
    ];
  });
}
