"use client";
import { Button } from "@/components/ui/button";
import { Field, Select, TextArea } from "@/components/ui/field";
import { REASON_MAX, REASON_MIN } from "@/lib/core/disclosure/reasons";
import { FormDialog } from "../../form-dialog";
import { judge } from "./actions";

/** Asks for the judgement of one use; it is given once. */
export function JudgeDialog({ id, of }: { readonly id: string; readonly of: string }) {
  return (
    <FormDialog
      title="Judge this emergency access"
      description="The judgement is kept as it is given and cannot be changed."
      trigger={<Button aria-label={`Judge the access of ${of}`}>Judge</Button>}
      submitLabel="Keep this judgement"
      act={(form) => judge({ id, judgement: form.get("judgement"), text: form.get("text") })}
    >
      {(problem) => (
        <>
          <Field label="It was">
            {(ids) => (
              <Select {...ids} name="judgement" required defaultValue="">
                <option value="" disabled>
                  Choose
                </option>
                <option value="justified">Justified</option>
                <option value="not-justified">Not justified</option>
              </Select>
            )}
          </Field>
          <Field label="Because" error={problem}>
            {(ids) => (
              <TextArea {...ids} name="text" required minLength={REASON_MIN} maxLength={REASON_MAX} />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
