"use client";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormDialog } from "../form-dialog";
import { keepTeam } from "./actions";

/** Enters a team. Its zone is the one in which its shifts are written down; this computer's is proposed. */
export function NewTeam() {
  return (
    <FormDialog
      title="New team"
      trigger={<Button look="primary">New team</Button>}
      submitLabel="Add the team"
      act={(form) => keepTeam(Object.fromEntries(form))}
      problemOf={({ message, fields }) =>
        fields.includes("zone") ? "Write a zone like Europe/Berlin." : message
      }
    >
      {(problem) => (
        <>
          <Field label="Name">{(ids) => <Input {...ids} name="name" maxLength={120} required />}</Field>
          <Field label="Department" hint="Empty: for the whole hospital." isOptional>
            {(ids) => <Input {...ids} name="department" maxLength={120} />}
          </Field>
          <Field label="Time zone" hint="Of the times in its rota." error={problem}>
            {(ids) => (
              <Input
                {...ids}
                name="zone"
                defaultValue={Intl.DateTimeFormat().resolvedOptions().timeZone}
                required
              />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
