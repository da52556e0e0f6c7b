"use client";
import { Field, Select } from "@/components/ui/field";
import { type Role, roleFacts, roles } from "@/lib/core/authz/role";
import { roleWords } from "../role-words";

type RoleFieldProps = {
  readonly role: Role;
  readonly onRole: (role: Role) => void;
  readonly error?: string | undefined;
};

/** A role, with what its holder does. */
export function RoleField({ role, onRole, error }: RoleFieldProps) {
  return (
    <Field label="Role" hint={roleFacts[role].sentence} error={error}>
      {(ids) => (
        <Select
          {...ids}
          value={role}
          onChange={({ target }) => onRole(roles.find((one) => one === target.value) ?? role)}
        >
          {roles.map((one) => (
            <option key={one} value={one}>
              {roleWords(one)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Where a role is held; sent as `department`, empty for everywhere. */
export function DepartmentField({ departments }: { readonly departments: readonly string[] }) {
  return (
    <Field label="Where" hint="For one department it opens the interfaces of that department alone.">
      {(ids) => (
        <Select {...ids} name="department" defaultValue="">
          <option value="">Everywhere</option>
          {departments.map((department) => (
            <option key={department}>{department}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}
