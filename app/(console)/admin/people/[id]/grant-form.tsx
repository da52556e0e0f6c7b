"use client";
import { RoleDialog } from "../../role-dialog";
import { grant } from "../actions";

type GrantFormProps = {
  readonly userId: string;
  readonly name: string;
  readonly departments: readonly string[];
};

/** Gives a person a role. */
export function GrantForm({ userId, name, departments }: GrantFormProps) {
  return (
    <RoleDialog
      title={`Give ${name} a role`}
      label="Give a role"
      submitLabel="Give it"
      doneText="The role is given."
      departments={departments}
      give={({ role, department }) => grant({ userId, role, department })}
    />
  );
}
