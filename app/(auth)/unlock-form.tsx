"use client";
import type { FactorChoice } from "@/lib/auth/current-second-factor";
import type { ActionResult } from "@/lib/http/action";
import { FactorForm } from "./factor-form";
import { PasswordField } from "./password-field";
import { textOf } from "./submit-credentials";

type UnlockFormProps = {
  readonly choice: FactorChoice;
  readonly unlock: (given: unknown) => Promise<ActionResult<void>>;
  readonly onUnlocked?: () => void;
};

/** One passkey, or password and code. */
export function UnlockForm({ choice, unlock, onUnlocked }: UnlockFormProps) {
  return (
    <FactorForm
      choice={choice}
      prove={(answer, form) => unlock({ answer, password: textOf(form, "password") })}
      {...(onUnlocked ? { onProved: onUnlocked } : {})}
      failure="Still locked"
      besideCode={<PasswordField autoComplete="current-password" />}
    />
  );
}
