import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import type { ClaimState } from "@/lib/core/work/claim";

type ClaimOfferProps = {
  readonly state: Exclude<ClaimState, { readonly kind: "mine" }>;
  readonly time: { readonly now: Date; readonly zone: string };
  readonly isBusy: boolean;
  readonly onClaim: () => void;
};

/** An item that is not one's own: take it up, take it over, or see who works on it. */
export function ClaimOffer({ state, time, isBusy, onClaim }: ClaimOfferProps) {
  if (state.kind === "others") {
    return (
      <p>
        <StatusWord state="excluded">{state.holder}</StatusWord> works on this until{" "}
        <Moment at={state.until} now={time.now} zone={time.zone} show="absolute" />. Then it can be taken
        over.
      </p>
    );
  }
  return (
    <>
      <p className="max-w-[65ch] text-muted">
        {state.kind === "expired" ? (
          <>
            {state.holder} had claimed this until{" "}
            <Moment at={state.until} now={time.now} zone={time.zone} show="absolute" />.{" "}
          </>
        ) : null}
        Claimed, the record is open to you for 30 minutes and nobody else settles it. The audit trail keeps
        that you took it up, and whom it concerns.
      </p>
      <Button look="primary" disabled={isBusy} onClick={onClaim}>
        {state.kind === "expired" ? "Take it over" : "Claim it"}
      </Button>
    </>
  );
}
