"use client";
import { type FormEvent, useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { NewPasswordField } from "../password-field";
import { submitCredentials, textOf } from "../submit-credentials";
import { complete } from "./complete";

/** First step of set-up: makes the administrator and signs in as them. */
export function AdministratorForm({ link }: { readonly link: string }) {
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setIsBusy(true);
    const credentials = { email: textOf(form, "email"), password: textOf(form, "password") };
    const made = await complete({ link, name: textOf(form, "name"), ...credentials });
    const said = made.ok ? await submitCredentials(credentials) : made.message;
    if (said === undefined) return location.replace("/setup/connect");
    setProblem(said);
    setIsBusy(false);
  };
  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {problem ? (
        <Callout tone="warning" title="Not done yet">
          {problem}
        </Callout>
      ) : null}
      <Field label="Your name">
        {(ids) => <Input {...ids} name="name" autoComplete="name" maxLength={120} required />}
      </Field>
      <Field label="E-mail" hint="You sign in with it.">
        {(ids) => <Input {...ids} name="email" type="email" autoComplete="username" required />}
      </Field>
      <NewPasswordField />
      <Button type="submit" look="primary" disabled={isBusy}>
        {isBusy ? "Making the account…" : "Make the administrator"}
      </Button>
    </form>
  );
}
