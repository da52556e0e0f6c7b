"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyableId } from "@/components/ui/copyable-id";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import { useStepUp } from "../../step-up";
import { makeClient } from "../actions";

type MakeClientProps = { readonly sources: readonly { readonly id: number; readonly name: string }[] };
type Made = { readonly id: string; readonly secret: string };

/** Makes an API client and shows its secret this once; it is forgotten when the dialog closes. */
export function MakeClient({ sources }: MakeClientProps) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [made, setMade] = useState<Made>();
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const source = String(form.get("use") ?? "");
    const use =
      source === ""
        ? { scopes: ["system/AuditEvent.rs"] }
        : { scopes: ["signalbox/ingest.write"], sourceId: source };
    const answer = await withStepUp(() => makeClient({ name: form.get("name"), ...use }));
    setProblem(answer.ok ? undefined : answer.message);
    if (answer.ok) setMade(answer.result);
  };
  const forget = (isOpen: boolean) => {
    if (isOpen) return;
    setMade(undefined);
    setProblem(undefined);
    router.refresh();
  };
  return (
    <Dialog title="New client" trigger={<Button look="primary">New client</Button>} onOpenChange={forget}>
      {made === undefined ? (
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          <Field label="Name" hint="Which program it is." error={problem}>
            {(ids) => <Input {...ids} name="name" maxLength={100} required />}
          </Field>
          <Field label="What it may do">
            {(ids) => (
              <Select {...ids} name="use">
                <option value="">Read audit events over FHIR</option>
                {sources.map(({ id, name }) => (
                  <option key={id} value={id}>
                    Push for {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <div>
            <Button type="submit" look="primary">
              Make the client
            </Button>
          </div>
        </form>
      ) : (
        <Callout tone="warning" title="Copy both now: the secret is not shown again">
          <CopyableId value={made.id} kind="id" className="mt-1" />
          <CopyableId value={made.secret} kind="secret" className="mt-1" />
        </Callout>
      )}
    </Dialog>
  );
}
