"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Select, TextArea } from "@/components/ui/field";
import { REASON_MAX, REASON_MIN } from "@/lib/core/disclosure/reasons";
import { judge } from "./actions";

/** Asks for the judgement of one use; it is given once. */
export function JudgeDialog({ id, of }: { readonly id: string; readonly of: string }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const give = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const answer = await judge({ id, judgement: form.get("judgement"), text: form.get("text") });
    if (answer.ok) router.refresh();
    else setProblem(answer.message);
  };
  return (
    <Dialog
      title="Judge this emergency access"
      description="The judgement is kept as it is given and cannot be changed."
      trigger={<Button aria-label={`Judge the access of ${of}`}>Judge</Button>}
    >
      <form onSubmit={(event) => void give(event)} className="flex flex-col gap-4">
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
          {(ids) => <TextArea {...ids} name="text" required minLength={REASON_MIN} maxLength={REASON_MAX} />}
        </Field>
        <div>
          <Button look="primary" type="submit">
            Keep this judgement
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
