"use client";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { type Role, roleFacts } from "@/lib/core/authz/role";
import type { ActionResult } from "@/lib/http/action";
import { FormDialog } from "../form-dialog";
import { DepartmentField, RoleField } from "./role-fields";

/** `asked`: a second person has to approve. */
type Given = { readonly kind: string };

type RoleDialogProps = {
  readonly title: string;
  readonly label: string;
  /** What the button says where nobody else is asked. */
  readonly submitLabel: string;
  /** What is said once it is done, where nobody else is asked. */
  readonly doneText: string;
  readonly departments: readonly string[];
  readonly give: (grant: {
    readonly role: Role;
    readonly department: FormDataEntryValue;
    readonly form: FormData;
  }) => Promise<ActionResult<Given>>;
  /** Who is given it, where the page does not say so; it then shows the problem. */
  readonly who?: (problem: string | undefined) => ReactNode;
};

/** Gives a role, everywhere or for one department; says when a second person is asked. */
export function RoleDialog(props: RoleDialogProps) {
  const { title, label, submitLabel, doneText, departments, give, who } = props;
  const [role, setRole] = useState<Role>("department-owner");
  const { disclosesPatientData, mayBeScoped } = roleFacts[role];
  return (
    <FormDialog
      title={title}
      trigger={<Button look="primary">{label}</Button>}
      submitLabel={disclosesPatientData ? "Ask for it" : submitLabel}
      act={(form) => give({ role, department: form.get("department") ?? "", form })}
      said={({ kind }) => (kind === "asked" ? "A second person is asked." : doneText)}
    >
      {(problem) => (
        <>
          {who?.(problem)}
          <RoleField role={role} onRole={setRole} error={who ? undefined : problem} />
          {mayBeScoped ? <DepartmentField departments={departments} /> : null}
          {disclosesPatientData ? (
            <p className="text-muted">It may disclose data of patients: a second person must approve.</p>
          ) : null}
        </>
      )}
    </FormDialog>
  );
}
