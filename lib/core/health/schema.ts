import { z } from "zod";

/** Nothing to ask: the whole health, always. */
export const healthInputSchema = z.object({});

export const healthStates = ["ok", "degraded", "down"] as const;

/** How the product itself fares. Counts and ages only: anybody may read it. */
export const healthSchema = z.object({
  /** down: nothing can be acknowledged or nothing is worked off. degraded: works, and somebody should look. */
  status: z.enum(healthStates),
  /** What is wrong, in plain words; empty when all is well. */
  problems: z.array(z.string()),
  database: z.object({ reachable: z.boolean(), latencyMs: z.number().nullable() }),
  migrations: z.object({ applied: z.int(), pending: z.int() }).nullable(),
  workers: z.object({ collectors: z.int(), jobs: z.int() }).nullable(),
  rollups: z
    .object({
      /** Keys waiting to be recomputed; counting stops at `backlogCountedTo`. */
      backlog: z.int(),
      oldestAgeS: z.int().nullable(),
    })
    .nullable(),
  sources: z
    .object({
      /** Items that engines are known to hold and that have not been read. */
      backlog: z.int(),
      failing: z.int(),
    })
    .nullable(),
  deadLetters: z.object({ open: z.int() }).nullable(),
  audit: z
    .object({
      /** Age of the oldest line that waits to be sealed; null when none waits. */
      unsealedS: z.int().nullable(),
      /** Age of the oldest block that waits to be witnessed; null when none waits. */
      unwitnessedS: z.int().nullable(),
      /** Age of the oldest witnessed head that waits to go out by e-mail; null when none waits or no address is set. */
      unmailedS: z.int().nullable(),
    })
    .nullable(),
});
export type Health = z.infer<typeof healthSchema>;
