"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { PasskeySite } from "@/lib/core/authz/passkey-site";
import { NewPasskeyForm } from "../new-passkey-form";
import { SignOutForm } from "../sign-out-form";
import { AppForm, type AppOffer } from "./app-form";

export type ShownOffer = AppOffer & { readonly passkeys: PasskeySite };

type OfferFormProps = {
  readonly offer: ShownOffer;
  readonly isInSetUp: boolean;
  readonly onDone: (recoveryCodes: readonly string[]) => void;
};

/** Set-up of the first factor: an authenticator app, or a passkey. */
export function OfferForm({ offer, isInSetUp, onDone }: OfferFormProps) {
  const [isPasskey, setIsPasskey] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <div>
        {isInSetUp ? <p className="text-12 text-muted">Step 2 of 3</p> : null}
        <h1 className="text-20 font-semibold">Set up your second factor</h1>
      </div>
      {isPasskey ? (
        <>
          <p className="text-muted">
            A password alone opens nothing here. A passkey is kept by this device or by a security key, and
            works at this address alone: nobody can be led to give it away elsewhere.
          </p>
          <NewPasskeyForm site={offer.passkeys} onDone={onDone} />
        </>
      ) : (
        <>
          <p className="text-muted">A password alone opens nothing here.</p>
          <AppForm offer={offer} onDone={onDone} />
        </>
      )}
      <Button look="quiet" onClick={() => setIsPasskey(!isPasskey)}>
        {isPasskey ? "Use an authenticator app instead" : "Use a passkey or security key instead"}
      </Button>
      <SignOutForm />
    </div>
  );
}
