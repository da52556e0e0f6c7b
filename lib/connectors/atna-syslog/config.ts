import { z } from "zod";
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
  ownAddresses: z.string().trim().max(2_000).default("").meta({
    title: "Addresses of Signalbox",
    description:
      "From which it polls the systems that send here, as those write them, separated by commas. Events of it are kept and left out of lists by default.",
  }),
  ownAccounts: z.string().trim().max(2_000).default("").meta({
    title: "Accounts of Signalbox",
    description:
      "As whom it polls those systems, separated by commas. With accounts, an event must name one of them besides an address of Signalbox.",
  }),
});

/** The entries of a list that is written with commas, in lower case. */
export function listed(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== "");
}
