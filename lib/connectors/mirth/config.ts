import { z } from "zod";
import { isSourceAddress } from "@/lib/core/net/target";
import { certificateFields } from "../http/settings";

/** Settings of a Mirth-family source, checked. `url` has neither a trailing slash nor `/api`; fingerprints are 64 hex digits. */
export type MirthConfig = z.infer<typeof mirthConfigSchema>;

export const mirthConfigSchema = z
  .object({
    url: z
      .string()
      .trim()
      .max(500)
      .refine(isSourceAddress, "must be an address like https://engine.example.org:8443")
      .transform((text) => text.replace(/\/+$/, "").replace(/\/api$/, ""))
      .meta({
        title: "Address",
        description:
          "Where the engine's administration API answers: https and usually port 8443, such as https://engine.example.org:8443.",
      }),
    username: z.string().trim().min(1).max(255).meta({
      title: "User name",
      description:
        "An account at the engine made for this product alone, so that its reads can be told apart.",
    }),
    replayUsername: z
      .string()
      .trim()
      .max(255)
      .transform((text) => (text === "" ? undefined : text))
      .optional()
      .meta({
        title: "User name for sending again",
        description:
          "Another account at the engine, with which failed messages are sent again once that is switched on for this source. Empty: nothing is ever sent again.",
      }),
    ...certificateFields,
    backfillDays: z.coerce.number().int().min(0).max(35).default(35).meta({
      title: "Days to read back",
      description:
        "How many days of messages and audit events from before the first connection are read, newest first.",
    }),
    errorTextsPerMinute: z.coerce.number().int().min(0).max(100).default(20).meta({
      title: "Error texts a minute",
      description:
        "The reason of a failure stands in its error text, which the engine hands out only with the message. At most so many failed messages a minute are read with their text; 0 reads none, and reasons stay unknown.",
    }),
    timeoutSeconds: z.coerce
      .number()
      .int()
      .min(1)
      .max(120)
      .default(30)
      .meta({ title: "Time limit", description: "Seconds after which a call to the engine is given up." }),
  })
  .refine((config) => config.tls !== "fingerprint" || config.fingerprint !== undefined, {
    path: ["fingerprint"],
    message: "is needed for this certificate check",
  });
