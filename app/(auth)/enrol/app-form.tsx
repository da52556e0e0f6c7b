"use client";
import { type FormEvent, type ReactNode, useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { CodeField } from "../code-field";
import { textOf } from "../submit-credentials";
import { confirmEnrolment } from "./confirm-enrolment";

export type AppOffer = {
  readonly secret: string;
  readonly uri: string;
  readonly sealed: string;
  readonly qr: ReactNode;
};

type AppFormProps = {
  readonly offer: AppOffer;
  readonly onDone: (recoveryCodes: readonly string[]) => void;
};

/** A secret to scan or type, and the first code that proves the app has it. */
export function AppForm({ offer, onDone }: AppFormProps) {
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
        Scan this with an authenticator app, such as the one of your hospital, then type the code that it
        shows.
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
