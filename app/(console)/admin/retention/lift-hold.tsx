"use client";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormDialog } from "../../form-dialog";
import { liftLegalHold } from "./actions";

/** Lifts a hold that somebody else placed, and asks why. */
export function LiftHold({ id, what }: { readonly id: string; readonly what: string }) {
  return (
    <FormDialog
      title="Lift this hold"
      description="What is past its time and held by nothing else is deleted within the hour."
      trigger={<Button aria-label={`Lift the hold: ${what}`}>Lift</Button>}
      submitLabel="Lift the hold"
      look="danger"
      act={(form) => liftLegalHold({ id, reason: form.get("reason") })}
    >
      {(problem) => (
        <Field label="Why may it be deleted again?" hint="No names of patients." error={problem}>
          {(ids) => <Input {...ids} name="reason" minLength={5} maxLength={500} required />}
        </Field>
      )}
    </FormDialog>
  );
}
