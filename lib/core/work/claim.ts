/** How long a claim lasts unless it is renewed, and how long with every renewal. */
export const claimMs = 30 * 60_000;
export const longestClaimMs = 4 * 3_600_000;

/** So many items one person holds at once, and takes up in an hour: a claim opens a record, and many would open many. */
export const claimsAtOnce = 5;
export const claimsPerHour = 30;

/** What can be taken up. Each says in services/work how an item is found and who may work on it. */
export const workKinds = ["dead-letter", "failed-message"] as const;
export type WorkKind = (typeof workKinds)[number];

/** One item of work. `id` says nothing about a patient, so it may stand in an address and in the audit trail. */
export type WorkItem = { readonly kind: WorkKind; readonly id: string };

/** Until when a claim runs that is begun or renewed now. */
export function claimUntil(claimedAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + claimMs, claimedAt.getTime() + longestClaimMs));
}

/** "dead-letter/17": how the audit trail names an item. */
export function printItem({ kind, id }: WorkItem): string {
  return `${kind}/${id}`;
}

/** Why a record was opened, where an item of work was the reason; undefined for every other reason. */
export function workReason(reason: string): string | undefined {
  const kind = workKinds.find((one) => reason.startsWith(`${one}/`));
  return kind && workReasons[kind];
}

const workReasons: Readonly<Record<WorkKind, string>> = {
  "dead-letter": "To work on a message that could not be stored",
  "failed-message": "To work on a message that did not arrive",
};

/** How an item stands to a person who looks at it. */
export type ClaimState =
  | { readonly kind: "free" }
  | {
      readonly kind: "mine";
      readonly claimId: string;
      readonly remainingMs: number;
      readonly canRenew: boolean;
    }
  | { readonly kind: "others"; readonly holder: string; readonly until: Date }
  /** Nobody's any more: whoever takes it up takes it over. */
  | { readonly kind: "expired"; readonly holder: string; readonly until: Date };

/** A claim that was not given back. */
export type OpenClaim = {
  readonly claimId: string;
  readonly userId: string;
  readonly userName: string | undefined;
  readonly claimedAt: Date;
  readonly expiresAt: Date;
};

export function claimState(ask: {
  readonly claim: OpenClaim | undefined;
  readonly userId: string;
  readonly now: Date;
}): ClaimState {
  const { claim, userId, now } = ask;
  if (claim === undefined) return { kind: "free" };
  const { claimId, userName, claimedAt, expiresAt } = claim;
  const isLive = expiresAt > now;
  if (claim.userId === userId) {
    if (!isLive) return { kind: "free" };
    const canRenew = claimUntil(claimedAt, now) > expiresAt;
    return { kind: "mine", claimId, remainingMs: expiresAt.getTime() - now.getTime(), canRenew };
  }
  const holder = userName ?? "Somebody who is gone";
  return { kind: isLive ? "others" : "expired", holder, until: expiresAt };
}
