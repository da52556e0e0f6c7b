import { demoSettingKey, demoSystemsSettingKey } from "@/lib/core/demo/schema";
import { database } from "./client";
import { deleteDemoSystems } from "./demo-systems";
import { dropPartitionsBefore, partitionedTables } from "./partitions";

/** Later than every partition that is ever made ahead. */
const farAheadMs = 400 * 86_400_000;

/**
 * Deletes all facts, figures and configuration of the demo's sources, and last the note that there is a demo. A database
 * with a demo holds no real source, so whole partitions can go; the job that makes them ahead brings them back.
 */
export async function deleteDemo(): Promise<void> {
  const { pool } = database();
  const far = new Date(Date.now() + farAheadMs);
  for (const table of partitionedTables) await dropPartitionsBefore(table, far);
  for (const statement of statements) await pool.query(statement);
  await deleteDemoSystems();
  await pool.query("DELETE FROM public.setting WHERE key = ANY($1)", [
    [demoSystemsSettingKey, demoSettingKey],
  ]);
}

const legs = "SELECT id FROM public.leg WHERE source_id IN (SELECT id FROM public.source WHERE is_demo)";
const interfaces =
  "SELECT id FROM public.interface WHERE source_id IN (SELECT id FROM public.source WHERE is_demo)";
const sources = "SELECT id FROM public.source WHERE is_demo";

// Groups (negative ids) sum up all legs, and all legs are the demo's.
const statements: readonly string[] = [
  `DELETE FROM signal.rollup_day WHERE leg_id < 0 OR leg_id IN (${legs})`,
  `DELETE FROM signal.dirty WHERE leg_id < 0 OR leg_id IN (${legs})`,
  `DELETE FROM signal.rollup_lock WHERE leg_id < 0 OR leg_id IN (${legs})`,
  `DELETE FROM signal.leg_now WHERE leg_id IN (${legs})`,
  `DELETE FROM signal.leg_gauge_hour WHERE leg_id IN (${legs})`,
  `DELETE FROM signal.expected_volume WHERE interface_id IN (${interfaces})`,
  `DELETE FROM signal.silence_limit WHERE interface_id IN (${interfaces})`,
  `DELETE FROM signal.change WHERE source_id IN (${sources})`,
  `DELETE FROM signal.unknown_interval WHERE source_id IN (${sources})`,
  `DELETE FROM signal.dead_letter WHERE source_id IN (${sources})`,
  `DELETE FROM signal.stream WHERE source_id IN (${sources})`,
  `DELETE FROM clinical.fact_version WHERE fact_id IN (SELECT id FROM clinical.fact WHERE source_id IN (${sources}))`,
  `DELETE FROM clinical.fact WHERE source_id IN (${sources})`,
  // Every fact was the demo's, and so is every exam and every issuer of numbers.
  "DELETE FROM clinical.exam",
  "DELETE FROM clinical.issuer",
  // Interfaces, legs, secrets and tokens go with their source.
  "DELETE FROM public.source WHERE is_demo",
];
