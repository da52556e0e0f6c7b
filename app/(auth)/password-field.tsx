"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";

type PasswordFieldProps = {
  readonly label?: string;
  readonly name?: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly autoComplete: "current-password" | "new-password";
  readonly minLength?: number;
};

/** A password to be. What makes it good is said beside it; the service judges. */
export function NewPasswordField({ label }: { readonly label?: string }) {
  return (
    <PasswordField
      {...(label === undefined ? {} : { label })}
      autoComplete="new-password"
      minLength={8}
      hint="At least 8 characters, and none of the most used. Several unrelated words make a good one; pasting from a password manager is fine."
    />
  );
}

/** A password that can be pasted and, on request, seen. */
export function PasswordField({ label = "Password", name = "password", ...rest }: PasswordFieldProps) {
  const { hint, error, autoComplete, minLength } = rest;
  const [isShown, setIsShown] = useState(false);
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <span className="flex gap-2">
          <Input
            {...ids}
            name={name}
            type={isShown ? "text" : "password"}
            autoComplete={autoComplete}
            maxLength={256}
            minLength={minLength}
            required
          />
          <Button aria-pressed={isShown} onClick={() => setIsShown(!isShown)}>
            {isShown ? "Hide" : "Show"}
          </Button>
        </span>
      )}
    </Field>
  );
}
