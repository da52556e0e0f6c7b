import { demoSystemsSettingKey } from "@/lib/core/demo/schema";
import { database } from "./client";
import type { Transaction } from "./transaction";

/** Notes which systems of the estate came with the demo: people may add theirs beside them, and those stay. */
export async function putDemoSystems(
  tx: Transaction,
  systems: { readonly ids: readonly string[]; readonly now: Date },
): Promise<void> {
  const value = [...systems.ids];
  await tx.setting.upsert({
    where: { key: demoSystemsSettingKey },
    create: { key: demoSystemsSettingKey, value, updatedAt: systems.now },
    update: { value, updatedAt: systems.now },
  });
}

/** Deletes the systems of the demo with what is planned and kept of them. */
export async function deleteDemoSystems(): Promise<void> {
  await database().pool.query(
    `DELETE FROM public.system WHERE id IN (
       SELECT jsonb_array_elements_text(value)::uuid FROM public.setting WHERE key = $1)`,
    [demoSystemsSettingKey],
  );
}

/** Says where the system behind a source listens, unless that is said already: its certificate is then read from there. */
export async function noteDemoEndpoint(sourceId: number, endpoint: string): Promise<void> {
  await database().pool.query(
    `UPDATE public.system SET endpoint = $2, changed_at = now() WHERE source_id = $1 AND endpoint IS NULL
       AND source_id IN (SELECT id FROM public.source WHERE is_demo)`,
    [sourceId, endpoint],
  );
}
