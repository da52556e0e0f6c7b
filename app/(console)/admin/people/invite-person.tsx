"use client";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormDialog } from "../../form-dialog";
import { invite } from "./actions";
import { InvitationLink } from "./invitation-link";

/** Makes an account and shows its one-time link; the link is forgotten when the dialog closes. */
export function InvitePerson() {
  return (
    <FormDialog
      title="Invite a person"
      description="They come without a role; give them one afterwards."
      trigger={<Button look="primary">Invite a person</Button>}
      submitLabel="Make the link"
      act={(form) => invite({ name: form.get("name"), email: form.get("email") })}
      shown={({ url }) => <InvitationLink url={url} />}
    >
      {(problem) => (
        <>
          <Field label="Name">{(ids) => <Input {...ids} name="name" maxLength={120} required />}</Field>
          <Field label="E-mail" hint="They sign in with it. Nothing is sent there." error={problem}>
            {(ids) => <Input {...ids} name="email" type="email" required />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
