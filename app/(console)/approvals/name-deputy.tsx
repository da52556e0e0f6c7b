"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import { useStepUp } from "../step-up";
import { nameMyDeputy } from "./actions";

type NameDeputyProps = { readonly candidates: readonly { readonly id: string; readonly name: string }[] };

/** Names who decides on requests while one is away. */
export function NameDeputy({ candidates }: NameDeputyProps) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const answer = await withStepUp(() =>
      nameMyDeputy({ deputyId: form.get("deputyId"), until: form.get("until") }),
    );
    setProblem(answer.ok ? undefined : answer.message);
    if (!answer.ok) return;
    setIsOpen(false);
    router.refresh();
  };
  return (
    <Dialog
      title="Name a deputy"
      description="Until the end of that day (UTC) they decide in your place. You can decide yourself all the same."
      trigger={<Button>Name a deputy</Button>}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Deputy">
          {(ids) => (
            <Select {...ids} name="deputyId" required defaultValue="">
              <option value="" disabled>
                Choose
              </option>
              {candidates.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Until" hint="A month ahead at most." error={problem}>
          {(ids) => <Input {...ids} name="until" type="date" required className="w-44" />}
        </Field>
        <div>
          <Button type="submit" look="primary">
            Name deputy
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
