import { z } from "zod";
import { dicomPlaceFields } from "@/lib/core/formats/dicom/schema";
import { listenProtections } from "../mllp/listen-tls";
import { isPeerList } from "../mllp/peers";

/** Settings of a port that takes procedure steps, checked. */
export type MppsConfig = z.infer<typeof mppsConfigSchema>;

export const mppsConfigSchema = z.object({
  port: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .meta({ title: "Port", description: "On which Signalbox listens for this source alone, such as 11113." }),
  host: z.string().trim().max(255).default("").meta({
    title: "Address to listen on",
    description:
      "0.0.0.0 for every address of this machine, or one of them. Empty: where Signalbox listens for its pages, which is this machine alone unless HOST says otherwise.",
  }),
  aeTitle: z.string().trim().max(16).default("").meta({
    title: "Our AE title",
    description: "Associations for another title are rejected. Empty: any is taken.",
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
  tls: z.enum(listenProtections).default("off").meta({
    title: "TLS",
    description:
      "off: in clear, as most modalities. on: TLS 1.2 or newer, with the certificate and key below. mutual: senders must also show a certificate of the authority below.",
  }),
  ...dicomPlaceFields,
});
