"use client";
import { Button } from "@/components/ui/button";
import { Checkbox, Field, Input, Select } from "@/components/ui/field";
import type { Person } from "@/lib/services/on-call/read-on-call";
import { FormDialog } from "../form-dialog";
import { plan } from "./actions";

/** Puts somebody on call by hand; times are of this browser's zone. */
export function AddShift({
  teamId,
  people,
}: {
  readonly teamId: string;
  readonly people: readonly Person[];
}) {
  const act = (form: FormData) => {
    const instant = (name: string) => new Date(String(form.get(name))).toISOString();
    return plan({
      teamId,
      userId: form.get("userId"),
      from: instant("from"),
      until: instant("until"),
      isOverride: form.get("isOverride") !== null,
    });
  };
  return (
    <FormDialog
      title="Put somebody on call"
      trigger={<Button>Put on call</Button>}
      submitLabel="Put on call"
      act={act}
      problemOf={({ message, fields }) =>
        fields.includes("until") ? "It must end after it begins, and within 62 days." : message
      }
    >
      {(problem) => (
        <>
          <Field label="Person">
            {(ids) => (
              <Select {...ids} name="userId" required>
                {people.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="From" hint="In the zone of this computer.">
            {(ids) => <Input {...ids} name="from" type="datetime-local" className="w-60" required />}
          </Field>
          <Field label="Until" error={problem}>
            {(ids) => <Input {...ids} name="until" type="datetime-local" className="w-60" required />}
          </Field>
          <Checkbox name="isOverride" label="In place of whoever is planned" />
        </>
      )}
    </FormDialog>
  );
}
