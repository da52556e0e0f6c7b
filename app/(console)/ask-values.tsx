"use client";
import { type FormEvent, useState } from "react";
import { ReasonFields } from "@/components/disclosure/reason-fields";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/http/action";
import { useStepUp } from "./step-up";

type StatedReason = { readonly reason: unknown; readonly reasonText: unknown };
type AskValuesProps = {
  readonly of: "message" | "exam";
  readonly ask: (why: StatedReason) => Promise<ActionResult<unknown>>;
  readonly onGranted: () => Promise<void>;
};

/** Asks why the values of one message or exam must be seen. */
export function AskValues({ of, ask, onGranted }: AskValuesProps) {
  const withStepUp = useStepUp();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const [refused, setRefused] = useState<readonly string[]>([]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setIsBusy(true);
    const why = { reason: form.get("reason"), reasonText: form.get("reasonText") };
    const answer = await withStepUp(() => ask(why));
    setIsBusy(false);
    setProblem(answer.ok ? "" : answer.message);
    setRefused(answer.ok ? [] : answer.fields);
    // Open already, in another window: they are shown for what is left of the time.
    if (answer.ok || answer.code === "conflict") await onGranted();
  };
  return (
    <Dialog
      title={`Show the values of this ${of}`}
      description={`For ten minutes, of this ${of} alone. The audit trail keeps that you asked, why, and whom it concerns.`}
      trigger={<Button>Show values</Button>}
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" autoComplete="off">
        <ReasonFields refused={refused} />
        {problem ? (
          <p role="alert" className="text-critical">
            {problem}
          </p>
        ) : null}
        <div>
          <Button look="primary" type="submit" disabled={isBusy}>
            {isBusy ? "Asking" : "Show for ten minutes"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
