import { z } from "zod";

/** Fields of every source of audit events, by which the traces of our own polling are told from what people do. */
export const ownPollingFields = {
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
};

/** Where we poll from and as whom, in lower case. */
export type OwnPolling = { readonly addresses: readonly string[]; readonly accounts: readonly string[] };

export function ownPollingOf(config: {
  readonly ownAddresses: string;
  readonly ownAccounts: string;
}): OwnPolling {
  return { addresses: listed(config.ownAddresses), accounts: listed(config.ownAccounts) };
}

/** The entries of a list that is written with commas, in lower case. */
function listed(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== "");
}
