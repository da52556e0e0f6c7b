"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { type Role, roleFacts } from "@/lib/core/authz/role";
import { useStepUp } from "../../step-up";
import { DepartmentField, RoleField } from "../role-fields";
import { map } from "./actions";

/** Lets a group stand for a role, everywhere or for one department; says when a second person is asked. */
export function MapGroup({ departments }: { readonly departments: readonly string[] }) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [isOpen, setIsOpen] = useState(false);
  const [role, setRole] = useState<Role>("department-owner");
  const [problem, setProblem] = useState<string>();
  const [said, setSaid] = useState("");
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const department = form.get("department") ?? "";
    const answer = await withStepUp(() => map({ group: form.get("group"), role, department }));
    setProblem(answer.ok ? undefined : answer.message);
    if (!answer.ok) return;
    setSaid(answer.result.kind === "asked" ? "A second person is asked." : "The group stands for the role.");
    setIsOpen(false);
    router.refresh();
  };
  const { disclosesPatientData, mayBeScoped } = roleFacts[role];
  return (
    <>
      <span role="status">{said}</span>
      <Dialog
        title="Let a group stand for a role"
        trigger={<Button look="primary">Map a group</Button>}
        isOpen={isOpen}
        onOpenChange={setIsOpen}
      >
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          <Field label="Group" hint="As the ID token names it, letter by letter." error={problem}>
            {(ids) => <Input {...ids} name="group" required maxLength={200} className="font-mono" />}
          </Field>
          <RoleField role={role} onRole={setRole} />
          {mayBeScoped ? <DepartmentField departments={departments} /> : null}
          {disclosesPatientData ? (
            <p className="text-muted">It may disclose data of patients: a second person must approve.</p>
          ) : null}
          <div>
            <Button type="submit" look="primary">
              {disclosesPatientData ? "Ask for it" : "Map it"}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
