import type { Reach } from "@/lib/core/authz/policy";
import type { InterfaceDetails } from "@/lib/core/interface/schema";
import type { Transaction } from "./transaction";
import { departmentWithin } from "./within-reach";

/** Writes what people say of an interface. Answers with the names of the fields that changed; undefined = no such interface within reach. */
export async function changeInterfaceDetails(
  tx: Transaction,
  change: { readonly interfaceId: number; readonly details: InterfaceDetails; readonly reach: Reach },
): Promise<readonly string[] | undefined> {
  const { interfaceId: id, details, reach } = change;
  const before = await tx.interface.findFirst({ where: { id, ...departmentWithin(reach) } });
  if (before === null) return undefined;
  const changed = Object.entries(details).filter(
    ([name, value]) => Object.entries(before).find(([known]) => known === name)?.[1] !== value,
  );
  await tx.interface.update({ where: { id }, data: { ...details } });
  return changed.map(([name]) => name);
}
