"use client";
import { type FormEvent, useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CodeField, type CodeKind } from "../code-field";
import { textOf } from "../submit-credentials";
import { answerChallenge } from "./answer-challenge";

/** The code of an authenticator app or a recovery code; on success on to `next`, a path of this product. */
export function ChallengeForm({ next }: { readonly next: string }) {
  const [kind, setKind] = useState<CodeKind>("totp");
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const code = textOf(new FormData(form), "code");
    setIsBusy(true);
    const answer = await answerChallenge({ kind, code }, next);
    setIsBusy(false);
    if (answer.ok) return;
    setProblem(answer.message);
    form.reset();
  };
  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {problem ? (
        <Callout tone="warning" title="Not signed in">
          {problem}
        </Callout>
      ) : null}
      <CodeField kind={kind} />
      <Button type="submit" look="primary" disabled={isBusy}>
        {isBusy ? "Checking…" : "Go on"}
      </Button>
      <Button look="quiet" onClick={() => setKind(kind === "totp" ? "recovery-code" : "totp")}>
        {kind === "totp" ? "Use a recovery code instead" : "Use the authenticator app instead"}
      </Button>
    </form>
  );
}
