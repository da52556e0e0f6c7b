"use client";
import { Field, Input } from "@/components/ui/field";
import { RoleDialog } from "../role-dialog";
import { map } from "./actions";

/** Lets a group of the identity provider stand for a role. */
export function MapGroup({ departments }: { readonly departments: readonly string[] }) {
  return (
    <RoleDialog
      title="Let a group stand for a role"
      label="Map a group"
      submitLabel="Map it"
      doneText="The group stands for the role."
      departments={departments}
      give={({ role, department, form }) => map({ group: form.get("group"), role, department })}
      who={(problem) => (
        <Field label="Group" hint="As the ID token names it, letter by letter." error={problem}>
          {(ids) => <Input {...ids} name="group" required maxLength={200} className="font-mono" />}
        </Field>
      )}
    />
  );
}
