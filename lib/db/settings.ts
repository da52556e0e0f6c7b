import { database } from "./client";
import type { Transaction } from "./transaction";

/** A setting's JSON value, to be parsed by whoever knows its shape; undefined when it is not set. */
export async function readSetting(key: string): Promise<unknown> {
  const row = await database().prisma.setting.findUnique({ where: { key } });
  return row?.value ?? undefined;
}

export async function removeSetting(tx: Transaction, key: string): Promise<boolean> {
  const { count } = await tx.setting.deleteMany({ where: { key } });
  return count > 0;
}
