import { z } from "zod";
import { characterSets } from "@/lib/core/formats/hl7v2/character-set";
import { isZone } from "@/lib/core/time/zone";
import { listenFields, listenPort } from "../mllp/listen-settings";
import { listenProtections } from "../mllp/listen-tls";

/** Settings of a port that takes HL7 over MLLP, checked. */
export type MllpConfig = z.infer<typeof mllpConfigSchema>;

export const mllpConfigSchema = z.object({
  port: listenPort("Common: 6661."),
  ...listenFields,
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
