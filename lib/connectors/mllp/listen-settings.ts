import { z } from "zod";
import { isPeerList } from "./peers";

/** The port of a source that listens; `common` is what others use. */
export const listenPort = (common: string) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .meta({ title: "Port", description: `On which Signalbox listens for this source alone. ${common}` });

/** Where a source listens and to whom. */
export const listenFields = {
  host: z.string().trim().max(255).default("").meta({
    title: "Address to listen on",
    description:
      "0.0.0.0 for every address of this machine, or one of them. Empty: where Signalbox listens for its pages, which is this machine alone unless HOST says otherwise.",
  }),
  allowedPeers: z
    .string()
    .trim()
    .max(4_000)
    .default("")
    .refine(isPeerList, "must be addresses or ranges like 10.0.0.7, 10.1.0.0/16")
    .meta({
      title: "Who may connect",
      description:
        "Addresses and ranges, separated by commas, such as 10.0.0.7, 10.1.0.0/16. Empty: anybody.",
    }),
};
