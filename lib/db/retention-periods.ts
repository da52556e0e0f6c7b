import { choosableKinds, type Periods, periodKey, periodOf } from "@/lib/core/retention/periods";
import { database } from "./client";

/** The periods that a hospital has chosen. What cannot be one is as if nobody had chosen. */
export async function readPeriods(): Promise<Periods> {
  const rows = await database().prisma.setting.findMany({
    where: { key: { in: choosableKinds.map(periodKey) } },
  });
  const values = new Map(rows.map(({ key, value }) => [key, value]));
  const chosen = choosableKinds.flatMap((kind) => {
    const days = periodOf(kind, values.get(periodKey(kind)));
    return days === undefined ? [] : [[kind, days] as const];
  });
  return Object.fromEntries(chosen);
}
