"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { useStepUp } from "../../step-up";
import { discardLetter, retryLetter } from "../actions";

/** Retry and discard of one dead letter. A discard asks why, for the audit trail. */
export function LetterButtons({ id }: { readonly id: string }) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const retry = async () => {
    setIsBusy(true);
    const answer = await withStepUp(() => retryLetter({ id }));
    setIsBusy(false);
    setSaid(answer.ok ? outcomeText(answer.result) : answer.message);
    router.refresh();
  };
  const discard = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const answer = await discardLetter({ id, because: new FormData(event.currentTarget).get("because") });
    if (answer.ok) router.refresh();
    else setProblem(answer.message);
  };
  return (
    <span className="flex flex-wrap items-center justify-end gap-1.5">
      <span role="status">{said}</span>
      <Button aria-label={`Retry ${id}`} disabled={isBusy} onClick={() => void retry()}>
        Retry
      </Button>
      <Dialog
        title="Discard this dead letter"
        description="It is never stored. What was sent stays on record."
        trigger={<Button aria-label={`Discard ${id}`}>Discard</Button>}
      >
        <form onSubmit={(event) => void discard(event)} className="flex flex-col gap-4">
          <Field label="Why may it be dropped?" error={problem}>
            {(ids) => <Input {...ids} name="because" maxLength={500} required />}
          </Field>
          <div>
            <Button look="danger" type="submit">
              Discard it
            </Button>
          </div>
        </form>
      </Dialog>
    </span>
  );
}

function outcomeText({ state, result }: { readonly state: string; readonly result: string }): string {
  return state === "resolved" ? `Resolved: ${result}` : `Still not stored: ${result}`;
}
