"use client";
import { type FormEvent, type ReactNode, useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import type { PasskeySite } from "@/lib/core/authz/passkey-site";
import { CodeField } from "../code-field";
import { NewPasskeyForm } from "../new-passkey-form";
import { SignOutForm } from "../sign-out-form";
import { textOf } from "../submit-credentials";
import { confirmEnrolment } from "./confirm-enrolment";

export type ShownOffer = {
  readonly secret: string;
  readonly uri: string;
  readonly sealed: string;
  readonly qr: ReactNode;
  readonly passkeys: PasskeySite;
};

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
        <AppForm offer={offer} onDone={onDone} />
      )}
      <Button look="quiet" onClick={() => setIsPasskey(!isPasskey)}>
        {isPasskey ? "Use an authenticator app instead" : "Use a passkey or security key instead"}
      </Button>
      <SignOutForm />
    </div>
  );
}

/** A secret to scan or type, and the first code that proves the app has it. */
function AppForm({ offer, onDone }: Pick<OfferFormProps, "offer" | "onDone">) {
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = textOf(new FormData(event.currentTarget), "code");
    setIsBusy(true);
    const answer = await confirmEnrolment({ sealed: offer.sealed, code });
    setIsBusy(false);
    if (answer.ok) onDone(answer.result);
    else setProblem(answer.message);
  };
  return (
    <>
      <p className="text-muted">
        A password alone opens nothing here. Scan this with an authenticator app, such as the one of your
        hospital, then type the code that it shows.
      </p>
      {offer.qr}
      <a href={offer.uri} className="text-link underline underline-offset-2">
        Open an app on this device
      </a>
      <Field label="Secret" hint="To type into the app where nothing can be scanned. Keep it to yourself.">
        {(ids) => <Input {...ids} readOnly value={offer.secret} className="font-mono" />}
      </Field>
      <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {problem ? (
          <Callout tone="warning" title="Not set up yet">
            {problem}
          </Callout>
        ) : null}
        <CodeField kind="totp" />
        <Button type="submit" look="primary" disabled={isBusy}>
          {isBusy ? "Checking…" : "Confirm"}
        </Button>
      </form>
    </>
  );
}
