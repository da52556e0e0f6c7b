"use client";
import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import type { PasskeySite } from "@/lib/core/authz/passkey-site";
import type { ActionResult } from "@/lib/http/action";
import { addPasskey, askForNewPasskey } from "./passkey-actions";
import { makePasskey, usePasskeyObstacle } from "./passkey-browser";
import { textOf } from "./submit-credentials";

type NewPasskeyFormProps = {
  readonly site: PasskeySite;
  /** Wraps what may need a fresh factor first. */
  readonly withStepUp?: <Result>(act: () => Promise<ActionResult<Result>>) => Promise<ActionResult<Result>>;
  readonly onDone: (recoveryCodes: readonly string[]) => void;
};

/** Has the browser make a passkey, under a name that its person knows it by. */
export function NewPasskeyForm({ site, withStepUp = (act) => act(), onDone }: NewPasskeyFormProps) {
  const obstacle = usePasskeyObstacle(site);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const make = async (name: string): Promise<string | undefined> => {
    const options = await withStepUp(() => askForNewPasskey());
    if (!options.ok) return options.message;
    const made = await makePasskey(options.result);
    if (!made.ok) return made.message;
    const kept = await addPasskey({ name, answer: made.answer });
    if (!kept.ok) return kept.message;
    onDone(kept.result);
    return undefined;
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsBusy(true);
    setProblem(await make(textOf(new FormData(event.currentTarget), "name")));
    setIsBusy(false);
  };
  if (obstacle) {
    return (
      <Callout tone="notice" title="Not at this address">
        {obstacle}
      </Callout>
    );
  }
  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {problem ? (
        <Callout tone="warning" title="Not set up yet">
          <span role="alert">{problem}</span>
        </Callout>
      ) : null}
      <Field label="Name of the passkey" hint="To tell it from others: “Laptop”, “Blue key”.">
        {(ids) => <Input {...ids} name="name" maxLength={60} autoComplete="off" required />}
      </Field>
      <Button type="submit" look="primary" disabled={isBusy}>
        <KeyRound aria-hidden />
        {isBusy ? "Waiting for the browser…" : "Set up the passkey"}
      </Button>
    </form>
  );
}
