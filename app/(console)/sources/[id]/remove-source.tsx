"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { remove } from "../actions";

/** Removal, after the name was typed. */
export function RemoveSource({ id, name }: { readonly id: number; readonly name: string }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const answer = await remove({ id, confirmName: new FormData(event.currentTarget).get("confirmName") });
    if (answer.ok) return router.replace("/sources");
    setProblem(answer.message);
  };
  return (
    <Panel
      title="Remove"
      hint="Reading ends, tokens and secrets are gone. What was read stays until its time is up."
    >
      <Dialog
        title={`Remove ${name}`}
        description="This cannot be taken back."
        trigger={<Button look="danger">Remove this source</Button>}
        footer={
          <>
            <DialogClose asChild>
              <Button>Keep it</Button>
            </DialogClose>
            <Button look="danger" type="submit" form={`remove-${id}`}>
              Remove
            </Button>
          </>
        }
      >
        <form id={`remove-${id}`} onSubmit={(event) => void submit(event)}>
          <Field label={`Type the name of the source: ${name}`} error={problem}>
            {(ids) => <Input {...ids} name="confirmName" autoComplete="off" required />}
          </Field>
        </form>
      </Dialog>
    </Panel>
  );
}
