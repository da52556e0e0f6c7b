import { database } from "./client";
import type { Transaction } from "./transaction";

/** A setting's JSON value, to be parsed by whoever knows its shape; undefined when it is not set. */
export async function readSetting(key: string): Promise<unknown> {
  const row = await database().prisma.setting.findUnique({ where: { key } });
  return row?.value ?? undefined;
}

/** Keeps a setting's value, in place of any before it. */
export async function putSetting(
  tx: Transaction,
  setting: { readonly key: string; readonly value: boolean | string | number; readonly now: Date },
): Promise<void> {
  const { key, value, now } = setting;
  await tx.setting.upsert({
    where: { key },
    create: { key, value, updatedAt: now },
    update: { value, updatedAt: now },
  });
}

export async function removeSetting(tx: Transaction, key: string): Promise<boolean> {
  const { count } = await tx.setting.deleteMany({ where: { key } });
  return count > 0;
}
