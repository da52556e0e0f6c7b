import { env } from "@/lib/config/env";
import type { TrailAges } from "@/lib/core/audit/lateness";
import { readTrailAges } from "@/lib/db/audit-ages";

/** How far sealing, witnessing and, where an address is set, e-mail are behind. */
export async function trailAges(): Promise<TrailAges> {
  const ages = await readTrailAges();
  return env().mail === undefined ? { ...ages, unmailedS: null } : ages;
}
