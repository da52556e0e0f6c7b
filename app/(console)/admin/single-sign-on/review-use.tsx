"use client";
import { Button } from "@/components/ui/button";
import { Field, TextArea } from "@/components/ui/field";
import { FormDialog } from "../../form-dialog";
import { review } from "./actions";

/** Asks what a use of an emergency account was for; said once. */
export function ReviewUse({ id, of }: { readonly id: string; readonly of: string }) {
  return (
    <FormDialog
      title="Review this use"
      description="Ask whoever used it. What you write is kept and cannot be changed."
      trigger={<Button aria-label={`Review the use of ${of}`}>Review</Button>}
      submitLabel="Keep this review"
      act={(form) => review({ id, text: form.get("text") })}
    >
      {(problem) => (
        <Field label="What it was for" hint="At least ten letters." error={problem}>
          {(ids) => <TextArea {...ids} name="text" required minLength={10} maxLength={500} />}
        </Field>
      )}
    </FormDialog>
  );
}
