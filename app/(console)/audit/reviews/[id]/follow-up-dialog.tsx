"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field, TextArea } from "@/components/ui/field";
import { judge } from "../actions";

type FollowUpDialogProps = { readonly id: string; readonly position: number; readonly of: string };

/** Marks a line for follow-up and asks what is done about it. */
export function FollowUpDialog({ id, position, of }: FollowUpDialogProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const give = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = new FormData(event.currentTarget).get("note");
    const answer = await judge({ id, position, judgement: "follow-up", note });
    setProblem(answer.ok ? undefined : answer.message);
    if (!answer.ok) return;
    setIsOpen(false);
    router.refresh();
  };
  return (
    <Dialog
      title="Needs follow-up"
      description={of}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button aria-label={`Needs follow-up: ${of}`}>Follow up</Button>}
    >
      <form onSubmit={(event) => void give(event)} className="flex flex-col gap-4">
        <Field label="What is done about it" hint="No names of patients." error={problem}>
          {(ids) => <TextArea {...ids} name="note" required maxLength={500} />}
        </Field>
        <div className="flex gap-2">
          <Button look="primary" type="submit">
            Keep
          </Button>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
        </div>
      </form>
    </Dialog>
  );
}
