"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { textOf } from "../../(auth)/submit-credentials";
import { renamePasskey } from "./actions";

type RenamePasskeyProps = { readonly id: string; readonly name: string };

/** Another name for a passkey. */
export function RenamePasskey({ id, name }: RenamePasskeyProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const answer = await renamePasskey({ id, name: textOf(new FormData(event.currentTarget), "name") });
    setProblem(answer.ok ? undefined : answer.message);
    if (!answer.ok) return;
    setIsOpen(false);
    router.refresh();
  };
  return (
    <Dialog
      title="Rename the passkey"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button aria-label={`Rename ${name}`}>Rename</Button>}
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col items-start gap-3">
        <Field label="Name of the passkey" error={problem} className="w-full">
          {(ids) => (
            <Input {...ids} name="name" defaultValue={name} maxLength={60} autoComplete="off" required />
          )}
        </Field>
        <Button type="submit" look="primary">
          Keep the name
        </Button>
      </form>
    </Dialog>
  );
}
