"use client";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { CodeField, type CodeKind } from "../(auth)/code-field";
import { textOf } from "../(auth)/submit-credentials";
import { proveAgain } from "./prove-again";

/** Asks for a code in the middle of an act. Closing it leaves the act undone. */
export function StepUpDialog({ onEnd }: { readonly onEnd: (isProved: boolean) => void }) {
  const formId = useId();
  const [kind, setKind] = useState<CodeKind>("totp");
  const [problem, setProblem] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setIsBusy(true);
    const answer = await proveAgain({ kind, code: textOf(new FormData(form), "code") });
    setIsBusy(false);
    if (answer.ok) return onEnd(true);
    setProblem(answer.message);
    form.reset();
  };
  return (
    <Dialog
      title="Prove that it is you"
      description="This needs a second factor from the last five minutes. What you typed is kept."
      isOpen
      onOpenChange={() => onEnd(false)}
      footer={
        <>
          <Button look="quiet" onClick={() => setKind(kind === "totp" ? "recovery-code" : "totp")}>
            {kind === "totp" ? "Use a recovery code instead" : "Use the authenticator app instead"}
          </Button>
          <Button type="submit" look="primary" form={formId} disabled={isBusy}>
            {isBusy ? "Checking…" : "Go on"}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        <CodeField kind={kind} />
        <p role="alert" className="text-critical">
          {problem}
        </p>
      </form>
    </Dialog>
  );
}
