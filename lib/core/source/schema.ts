import { z } from "zod";

/** What a form or a command gives to add or to try a source; `config` is checked by the connector of its kind. */
export const sourceInputSchema = z.object({
  kind: z.string().min(1).max(60),
  name: z.string().trim().min(1).max(120),
  config: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.string().max(10_000)).default({}),
});

/** Whether any secret is set by an input; empty ones keep what is stored. */
export function givesSecret(secrets: Readonly<Record<string, string>>): boolean {
  return Object.values(secrets).some((secret) => secret !== "");
}

export const sourceIdSchema = z.object({ id: z.coerce.number().int().positive() });
