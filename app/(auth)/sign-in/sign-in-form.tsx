"use client";
import { type FormEvent, useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { PasswordField } from "../password-field";
import { submitCredentials, textOf } from "../submit-credentials";

/** E-mail and password; on success on to `next`, a path of this product. */
export function SignInForm({ next }: { readonly next: string }) {
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setIsBusy(true);
    const said = await submitCredentials({
      email: textOf(form, "email"),
      password: textOf(form, "password"),
    });
    // A whole load: nothing that was drawn for nobody outlives the sign-in.
    if (said === undefined) return location.replace(next);
    setProblem(said);
    setIsBusy(false);
  };
  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {problem ? (
        <Callout tone="warning" title="Not signed in">
          {problem}
        </Callout>
      ) : null}
      <Field label="E-mail">
        {(ids) => <Input {...ids} name="email" type="email" autoComplete="username" required />}
      </Field>
      <PasswordField autoComplete="current-password" />
      <Button type="submit" look="primary" disabled={isBusy}>
        {isBusy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
