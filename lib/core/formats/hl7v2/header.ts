import { findLean, firstValue, type LeanMessage } from "./lean";

/** What a message says of itself and, where it is one, of the message it acknowledges. */
export type Hl7Header = {
  /** MSH-3 and MSH-4, namespaces alone. */
  readonly sender: Party;
  readonly receiver: Party;
  /** MSH-7 as written. */
  readonly sentAt: string | undefined;
  /** MSH-9, as in "ORU^R01"; "ACK" for an acknowledgement. */
  readonly messageType: string | undefined;
  readonly controlId: string | undefined;
  readonly acknowledges: { readonly code: string; readonly controlId: string | undefined } | undefined;
};

export type Party = { readonly application: string; readonly facility: string };

/** Undefined where the message has no MSH. */
export function readHeader(message: LeanMessage): Hl7Header | undefined {
  const msh = findLean(message, "MSH")?.fields();
  if (msh === undefined) return undefined;
  const value = (field: number, component = 1) => firstValue(message, msh[field], component);
  const type = value(9);
  const msa = findLean(message, "MSA")?.fields();
  const code = msa && firstValue(message, msa[1]);
  return {
    sender: { application: value(3) ?? "", facility: value(4) ?? "" },
    receiver: { application: value(5) ?? "", facility: value(6) ?? "" },
    sentAt: value(7),
    messageType: type === undefined || type === "ACK" ? type : [type, value(9, 2)].filter(Boolean).join("^"),
    controlId: value(10),
    acknowledges: code === undefined ? undefined : { code, controlId: firstValue(message, msa?.[2]) },
  };
}

/** One text for who sent a message and how they call it: what its acknowledgement, or another witness, is found by. */
export function correlationOf(party: Party, controlId: string): string {
  return [party.application, party.facility, controlId].join("|");
}
