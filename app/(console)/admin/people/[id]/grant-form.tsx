"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { type Role, roleFacts } from "@/lib/core/authz/role";
import { useStepUp } from "../../../step-up";
import { DepartmentField, RoleField } from "../../role-fields";
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
  const { disclosesPatientData, mayBeScoped } = roleFacts[role];
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
          <RoleField role={role} onRole={setRole} error={problem} />
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
