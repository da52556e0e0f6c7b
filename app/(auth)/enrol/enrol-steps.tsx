"use client";
import { useState } from "react";
import { LinkButton } from "@/components/ui/button";
import { RecoveryCodes } from "../recovery-codes";
import { OfferForm, type ShownOffer } from "./offer-form";

type EnrolStepsProps = {
  readonly next: string;
  /** Left out once the factor stands. */
  readonly offer?: ShownOffer;
};

/** First the app and its first code, then the recovery codes, then on to `next`. */
export function EnrolSteps({ next, offer }: EnrolStepsProps) {
  const [codes, setCodes] = useState<readonly string[]>();
  if (codes !== undefined) {
    return (
      <div className="flex flex-col gap-4">
        <h1 className="text-20 font-semibold">Keep your recovery codes</h1>
        <RecoveryCodes codes={codes} />
        <LinkButton look="primary" href={next} replace>
          I have kept them
        </LinkButton>
      </div>
    );
  }
  if (offer === undefined) {
    return (
      <div className="flex flex-col items-start gap-3">
        <h1 className="text-20 font-semibold">Your second factor is set up</h1>
        <p className="text-muted">
          Recovery codes are shown once. If you have none, ask for new ones in your account.
        </p>
        <LinkButton look="primary" href={next} replace>
          Go on
        </LinkButton>
      </div>
    );
  }
  return <OfferForm offer={offer} isInSetUp={next === "/setup/connect"} onDone={setCodes} />;
}
