"use client";
import { type FormEvent, useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { NewPasswordField } from "../../password-field";
import { submitCredentials, textOf } from "../../submit-credentials";
import { join } from "./join";

type JoinFormProps = { readonly token: string; readonly name: string };

/** Name and password, then the first sign-in. */
export function JoinForm({ token, name }: JoinFormProps) {
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = textOf(form, "password");
    setIsBusy(true);
    const joined = await join({ token, name: textOf(form, "name"), password });
    const said = joined.ok
      ? await submitCredentials({ email: joined.result.email, password })
      : joined.message;
    if (said === undefined) return location.replace("/");
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
        {(ids) => (
          <Input {...ids} name="name" autoComplete="name" defaultValue={name} maxLength={120} required />
        )}
      </Field>
      <NewPasswordField />
      <Button type="submit" look="primary" disabled={isBusy}>
        {isBusy ? "Setting the password…" : "Set the password and sign in"}
      </Button>
    </form>
  );
}
