import { z } from "zod";
import type { Connector } from "../connector";

type PushConfig = z.infer<typeof configSchema>;

const configSchema = z.object({
  description: z
    .string()
    .trim()
    .max(500)
    .default("")
    .meta({ title: "What sends here", description: "For people: which system sends, who runs it." }),
});

/**
 * A source that sends by itself to the push API, under a token of its own. Nothing is polled; items arrive checked by
 * the API in the shape they are stored in, so there is nothing to normalise.
 */
export const push: Connector<PushConfig> = {
  kind: "push",
  title: "HTTP push",
  description:
    "Any system that sends message outcomes, gauges or audit events to the ingest address by itself.",
  config: configSchema,
  secrets: [],
  normalise: () => ({ items: [], rejects: [] }),
};
