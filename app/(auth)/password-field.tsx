"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";

type PasswordFieldProps = {
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly autoComplete: "current-password" | "new-password";
  readonly minLength?: number;
};

/** A password that can be pasted and, on request, seen. */
export function PasswordField({ hint, error, autoComplete, minLength }: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false);
  return (
    <Field label="Password" hint={hint} error={error}>
      {(ids) => (
        <span className="flex gap-2">
          <Input
            {...ids}
            name="password"
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
