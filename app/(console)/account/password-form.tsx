"use client";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { NewPasswordField, PasswordField } from "../../(auth)/password-field";
import { textOf } from "../../(auth)/submit-credentials";
import { useStepUp } from "../step-up";
import { changePassword } from "./actions";

/** Another password for whoever knows the present one and proves a second factor. */
export function PasswordForm() {
  const withStepUp = useStepUp();
  const [said, setSaid] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setIsBusy(true);
    const given = { current: textOf(data, "current"), password: textOf(data, "password") };
    const answer = await withStepUp(() => changePassword(given));
    setIsBusy(false);
    setSaid(answer.ok ? "The password is changed." : answer.message);
    if (answer.ok) form.reset();
  };
  return (
    <form
      method="post"
      onSubmit={(event) => void submit(event)}
      className="flex max-w-md flex-col items-stretch gap-3"
    >
      <PasswordField label="Current password" name="current" autoComplete="current-password" />
      <NewPasswordField label="New password" />
      <span className="flex flex-wrap items-center gap-2">
        <Button type="submit" disabled={isBusy}>
          {isBusy ? "Changing…" : "Change the password"}
        </Button>
        <span role="status">{said}</span>
      </span>
    </form>
  );
}
