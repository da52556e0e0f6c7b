"use client";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyableId } from "@/components/ui/copyable-id";
import { Field, Input, Select } from "@/components/ui/field";
import { FormDialog } from "../../form-dialog";
import { makeClient } from "../actions";

type MakeClientProps = {
  /** Those that can be pushed for, with the scopes it takes. */
  readonly sources: readonly {
    readonly id: number;
    readonly name: string;
    readonly scopes: readonly string[];
  }[];
};

/** Makes an API client and shows its secret this once; it is forgotten when the dialog closes. */
export function MakeClient({ sources }: MakeClientProps) {
  const make = (form: FormData) => {
    const source = sources.find(({ id }) => String(id) === form.get("use"));
    const use =
      source === undefined
        ? { scopes: ["system/AuditEvent.rs"] }
        : { scopes: source.scopes, sourceId: source.id };
    return makeClient({ name: form.get("name"), ...use });
  };
  return (
    <FormDialog
      title="New client"
      trigger={<Button look="primary">New client</Button>}
      submitLabel="Make the client"
      act={make}
      shown={({ id, secret }) => (
        <Callout tone="warning" title="Copy both now: the secret is not shown again">
          <CopyableId value={id} kind="id" className="mt-1" />
          <CopyableId value={secret} kind="secret" className="mt-1" />
        </Callout>
      )}
    >
      {(problem) => (
        <>
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
        </>
      )}
    </FormDialog>
  );
}
