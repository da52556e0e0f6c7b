import { z } from "zod";
import { characterSets } from "@/lib/core/formats/hl7v2/character-set";
import { isZone } from "@/lib/core/time/zone";
import { listenProtections } from "../mllp/listen-tls";
import { isPeerList } from "../mllp/peers";

/** Settings of a port that takes HL7 over MLLP, checked. */
export type MllpConfig = z.infer<typeof mllpConfigSchema>;

export const mllpConfigSchema = z.object({
  port: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .meta({ title: "Port", description: "On which Signalbox listens for this source alone. Common: 6661." }),
  host: z.string().trim().max(255).default("").meta({
    title: "Address to listen on",
    description:
      "0.0.0.0 for every address of this machine, or one of them. Empty: where Signalbox listens for its pages, which is this machine alone unless HOST says otherwise.",
  }),
  mode: z.enum(["tap", "destination"]).default("tap").meta({
    title: "Role",
    description:
      "tap: a copy of the traffic; whatever is kept is answered with AA, so that nothing here can stop the sender. destination: a real receiver, which answers AE or AR to what it does not accept.",
  }),
  copies: z.enum(["messages", "both"]).default("messages").meta({
    title: "What is copied here",
    description:
      "messages: messages alone. both: also the acknowledgements of their receiver; a message is then pending until its acknowledgement comes.",
  }),
  interfaceName: z
    .string()
    .trim()
    .max(200)
    .default("")
    .meta({ title: "Name of the interface", description: "As people call it. Empty: MLLP and the port." }),
  tls: z.enum(listenProtections).default("off").meta({
    title: "TLS",
    description:
      "off: in clear. on: TLS 1.2 or newer, with the certificate and key below. mutual: senders must also show a certificate of the authority below.",
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
  characterSet: z
    .enum(["detect", ...characterSets])
    .default("detect")
    .meta({
      title: "Character set",
      description:
        "Of messages that name none in MSH-18. detect: UTF-8 where the bytes are valid UTF-8, otherwise Windows-1252.",
    }),
  facts: z.enum(["read", "leave"]).default("read").meta({
    title: "Patients and exams",
    description:
      "read: what messages say of patients, orders and reports is kept, for journeys of exams. leave: only that messages came, which takes the least work.",
  }),
  assigningAuthority: z.string().trim().max(128).default("").meta({
    title: "Assigning authority",
    description:
      "Of patient identifiers that come without one (PID-3.4 is empty). Empty: such identifiers are kept, and never matched with those of other systems.",
  }),
  timeZone: z
    .string()
    .trim()
    .max(64)
    .default("UTC")
    .refine(isZone, "must be a time zone like Europe/Berlin")
    .meta({
      title: "Time zone",
      description: "Of times that come without an offset, such as Europe/Berlin.",
    }),
});
