import { z } from "zod";
import { ownPollingFields } from "@/lib/core/formats/atna/own-polling";
import { listenFields, listenPort } from "../mllp/listen-settings";

/** Settings of a port that takes audit messages over syslog, checked. */
export type AtnaConfig = z.infer<typeof atnaConfigSchema>;

export const atnaTransports = ["tls", "mutual-tls", "tcp", "udp"] as const;

export const atnaConfigSchema = z.object({
  port: listenPort("Common: 6514 with TLS, 514 over UDP."),
  ...listenFields,
  transport: z.enum(atnaTransports).default("tls").meta({
    title: "Transport",
    description:
      "tls: TLS 1.2 or newer, with the certificate and key below. mutual-tls: senders must also show a certificate of the authority below, as IHE ATNA asks. tcp, udp: in clear, for what cannot do better.",
  }),
  assigningAuthority: z.string().trim().max(128).default("").meta({
    title: "Assigning authority",
    description:
      "Of patient numbers that come without one. Empty: such events are kept, and found under no patient.",
  }),
  ...ownPollingFields,
});
