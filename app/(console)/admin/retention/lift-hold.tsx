"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { useStepUp } from "../../step-up";
import { liftLegalHold } from "./actions";

/** Lifts a hold that somebody else placed, and asks why. */
export function LiftHold({ id, what }: { readonly id: string; readonly what: string }) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [problem, setProblem] = useState<string>();
  const lift = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = new FormData(event.currentTarget).get("reason");
    const answer = await withStepUp(() => liftLegalHold({ id, reason }));
    if (answer.ok) router.refresh();
    else setProblem(answer.message);
  };
  return (
    <Dialog
      title="Lift this hold"
      description="What is past its time and held by nothing else is deleted within the hour."
      trigger={<Button aria-label={`Lift the hold: ${what}`}>Lift</Button>}
    >
      <form onSubmit={(event) => void lift(event)} className="flex flex-col gap-4">
        <Field label="Why may it be deleted again?" hint="No names of patients." error={problem}>
          {(ids) => <Input {...ids} name="reason" minLength={5} maxLength={500} required />}
        </Field>
        <div>
          <Button look="danger" type="submit">
            Lift the hold
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
