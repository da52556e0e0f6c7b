import { z } from "zod";
import { dicomPlaceFields } from "@/lib/core/formats/dicom/schema";
import { listenFields, listenPort } from "../mllp/listen-settings";
import { listenProtections } from "../mllp/listen-tls";

/** Settings of a port that takes procedure steps, checked. */
export type MppsConfig = z.infer<typeof mppsConfigSchema>;

export const mppsConfigSchema = z.object({
  port: listenPort("Common: 11113."),
  ...listenFields,
  aeTitle: z.string().trim().max(16).default("").meta({
    title: "Our AE title",
    description: "Associations for another title are rejected. Empty: any is taken.",
  }),
  tls: z.enum(listenProtections).default("off").meta({
    title: "TLS",
    description:
      "off: in clear, as most modalities. on: TLS 1.2 or newer, with the certificate and key below. mutual: senders must also show a certificate of the authority below.",
  }),
  ...dicomPlaceFields,
});
