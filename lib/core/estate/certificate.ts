/** What is known of the certificate of a system's endpoint. */
export type CertificateFacts = {
  readonly triedAt: Date;
  /** Why the last try showed none, in words for a person. */
  readonly problem: string | undefined;
  readonly validFrom: Date | undefined;
  readonly validTo: Date | undefined;
};

/** `ending` = within 30 days, `soon` = within 7; `unread` = never seen. */
export type CertificateState = "unread" | "expired" | "not-yet" | "soon" | "ending" | "valid";

/** How a certificate stands, and the whole days left until it ends (negative once it has). */
export function certificateStanding(
  facts: Pick<CertificateFacts, "validFrom" | "validTo"> | undefined,
  now: Date,
): { readonly state: CertificateState; readonly daysLeft: number | undefined } {
  const validTo = facts?.validTo;
  if (validTo === undefined) return { state: "unread", daysLeft: undefined };
  const daysLeft = Math.floor((validTo.getTime() - now.getTime()) / DAY_MS);
  if (facts?.validFrom !== undefined && facts.validFrom > now) return { state: "not-yet", daysLeft };
  return { state: stateOf(daysLeft), daysLeft };
}

const DAY_MS = 86_400_000;

function stateOf(daysLeft: number): CertificateState {
  if (daysLeft < 0) return "expired";
  if (daysLeft < 7) return "soon";
  return daysLeft < 30 ? "ending" : "valid";
}
