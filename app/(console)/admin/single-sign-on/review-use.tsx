"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, TextArea } from "@/components/ui/field";
import { review } from "./actions";

/** Asks what a use of an emergency account was for; said once. */
export function ReviewUse({ id, of }: { readonly id: string; readonly of: string }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const answer = await review({ id, text: new FormData(event.currentTarget).get("text") });
    if (answer.ok) router.refresh();
    else setProblem(answer.message);
  };
  return (
    <Dialog
      title="Review this use"
      description="Ask whoever used it. What you write is kept and cannot be changed."
      trigger={<Button aria-label={`Review the use of ${of}`}>Review</Button>}
    >
      <form onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
        <Field label="What it was for" hint="At least ten letters." error={problem}>
          {(ids) => <TextArea {...ids} name="text" required minLength={10} maxLength={500} />}
        </Field>
        <div>
          <Button look="primary" type="submit">
            Keep this review
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
