import type { InterfaceDetails } from "@/lib/core/interface/schema";
import type { Transaction } from "./transaction";

/** Writes what people say of an interface. Answers with the names of the fields that changed; undefined = no such interface. */
export async function changeInterfaceDetails(
  tx: Transaction,
  change: { readonly interfaceId: number; readonly details: InterfaceDetails },
): Promise<readonly string[] | undefined> {
  const { interfaceId: id, details } = change;
  const before = await tx.interface.findUnique({ where: { id } });
  if (before === null) return undefined;
  const changed = Object.entries(details).filter(
    ([name, value]) => Object.entries(before).find(([known]) => known === name)?.[1] !== value,
  );
  await tx.interface.update({ where: { id }, data: { ...details } });
  return changed.map(([name]) => name);
}
