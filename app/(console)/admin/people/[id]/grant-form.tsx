"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Select } from "@/components/ui/field";
import { type Role, roleFacts, roles } from "@/lib/core/authz/role";
import { roleWords } from "../../../role-words";
import { useStepUp } from "../../../step-up";
import { grant } from "../actions";

type GrantFormProps = {
  readonly userId: string;
  readonly name: string;
  readonly departments: readonly string[];
};

/** Gives a role, everywhere or for one department; says when a second person is asked. */
export function GrantForm({ userId, name, departments }: GrantFormProps) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [isOpen, setIsOpen] = useState(false);
  const [role, setRole] = useState<Role>("department-owner");
  const [problem, setProblem] = useState<string>();
  const [said, setSaid] = useState("");
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const department = new FormData(event.currentTarget).get("department") ?? "";
    const answer = await withStepUp(() => grant({ userId, role, department }));
    setProblem(answer.ok ? undefined : answer.message);
    if (!answer.ok) return;
    setSaid(answer.result.kind === "asked" ? "A second person is asked." : "The role is given.");
    setIsOpen(false);
    router.refresh();
  };
  const { sentence, disclosesPatientData, mayBeScoped } = roleFacts[role];
  return (
    <>
      <span role="status">{said}</span>
      <Dialog
        title={`Give ${name} a role`}
        trigger={<Button look="primary">Give a role</Button>}
        isOpen={isOpen}
        onOpenChange={setIsOpen}
      >
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          <Field label="Role" hint={sentence} error={problem}>
            {(ids) => (
              <Select
                {...ids}
                value={role}
                onChange={({ target }) => setRole(roles.find((one) => one === target.value) ?? role)}
              >
                {roles.map((one) => (
                  <option key={one} value={one}>
                    {roleWords(one)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {mayBeScoped ? <DepartmentField departments={departments} /> : null}
          {disclosesPatientData ? (
            <p className="text-muted">It may disclose data of patients: a second person must approve.</p>
          ) : null}
          <div>
            <Button type="submit" look="primary">
              {disclosesPatientData ? "Ask for it" : "Give it"}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}

function DepartmentField({ departments }: Pick<GrantFormProps, "departments">) {
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
