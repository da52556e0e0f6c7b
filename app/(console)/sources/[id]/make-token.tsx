"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyableId } from "@/components/ui/copyable-id";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { useStepUp } from "../../step-up";
import { makeToken } from "../actions";

/** Makes a token and shows its secret this once; it is forgotten when the dialog closes. */
export function MakeToken({ sourceId }: { readonly sourceId: number }) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [secret, setSecret] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const expires = String(form.get("expires") ?? "");
    const wanted = {
      sourceId,
      name: form.get("name"),
      // The day itself still counts.
      ...(expires === "" ? {} : { expiresAt: `${expires}T23:59:59Z` }),
    };
    const answer = await withStepUp(() => makeToken(wanted));
    setProblem(answer.ok ? undefined : answer.message);
    if (answer.ok) setSecret(answer.result.secret);
  };
  const forget = (isOpen: boolean) => {
    if (isOpen) return;
    setSecret(undefined);
    setProblem(undefined);
    router.refresh();
  };
  return (
    <Dialog title="New token" trigger={<Button look="primary">New token</Button>} onOpenChange={forget}>
      {secret === undefined ? (
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          <Field label="Name" hint="Where it is used: the sending system." error={problem}>
            {(ids) => <Input {...ids} name="name" maxLength={100} required />}
          </Field>
          <Field
            label="Last day"
            hint="In UTC. Without one the token is valid until it is revoked."
            isOptional
          >
            {(ids) => <Input {...ids} name="expires" type="date" className="w-44" />}
          </Field>
          <div>
            <Button type="submit" look="primary">
              Make the token
            </Button>
          </div>
        </form>
      ) : (
        <Callout tone="warning" title="Copy it now: it is not shown again">
          <CopyableId value={secret} kind="token" className="mt-1" />
        </Callout>
      )}
    </Dialog>
  );
}
