"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { useStepUp } from "../../step-up";
import { invite } from "./actions";
import { InvitationLink } from "./invitation-link";

/** Makes an account and shows its one-time link; the link is forgotten when the dialog closes. */
export function InvitePerson() {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [url, setUrl] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const answer = await withStepUp(() => invite({ name: form.get("name"), email: form.get("email") }));
    setProblem(answer.ok ? undefined : answer.message);
    if (answer.ok) setUrl(answer.result.url);
  };
  const forget = (isOpen: boolean) => {
    if (isOpen) return;
    setUrl(undefined);
    setProblem(undefined);
    router.refresh();
  };
  return (
    <Dialog
      title="Invite a person"
      description="They come without a role; give them one afterwards."
      trigger={<Button look="primary">Invite a person</Button>}
      onOpenChange={forget}
    >
      {url === undefined ? (
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          <Field label="Name">{(ids) => <Input {...ids} name="name" maxLength={120} required />}</Field>
          <Field label="E-mail" hint="They sign in with it. Nothing is sent there." error={problem}>
            {(ids) => <Input {...ids} name="email" type="email" required />}
          </Field>
          <div>
            <Button type="submit" look="primary">
              Make the link
            </Button>
          </div>
        </form>
      ) : (
        <InvitationLink url={url} />
      )}
    </Dialog>
  );
}
