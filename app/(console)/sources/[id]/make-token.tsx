"use client";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyableId } from "@/components/ui/copyable-id";
import { Field, Input } from "@/components/ui/field";
import { FormDialog } from "../../form-dialog";
import { makeToken } from "../actions";

/** Makes a token and shows its secret this once; it is forgotten when the dialog closes. */
export function MakeToken({ sourceId }: { readonly sourceId: number }) {
  const make = (form: FormData) => {
    const expires = String(form.get("expires") ?? "");
    // The day itself still counts.
    const limit = expires === "" ? {} : { expiresAt: `${expires}T23:59:59Z` };
    return makeToken({ sourceId, name: form.get("name"), ...limit });
  };
  return (
    <FormDialog
      title="New token"
      trigger={<Button look="primary">New token</Button>}
      submitLabel="Make the token"
      act={make}
      shown={({ secret }) => (
        <Callout tone="warning" title="Copy it now: it is not shown again">
          <CopyableId value={secret} kind="token" className="mt-1" />
        </Callout>
      )}
    >
      {(problem) => (
        <>
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
        </>
      )}
    </FormDialog>
  );
}
