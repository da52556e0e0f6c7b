"use client";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormDialog } from "../../form-dialog";
import { plan } from "../actions";

/** Plans a stretch in which the system is not to be expected to work; times are of this browser's zone. */
export function PlanMaintenance({ systemId }: { readonly systemId: string }) {
  const send = (form: FormData) => {
    const instant = (name: string) => new Date(String(form.get(name))).toISOString();
    return plan({ systemId, what: form.get("what"), from: instant("from"), until: instant("until") });
  };
  return (
    <FormDialog
      title="Plan maintenance"
      trigger={<Button>Plan maintenance</Button>}
      submitLabel="Plan it"
      act={send}
      problemOf={({ fields, message }) =>
        fields.includes("until") ? "It must end after it begins, and within 30 days." : message
      }
    >
      {(problem) => (
        <>
          <Field label="What is done">
            {(ids) => <Input {...ids} name="what" maxLength={200} required />}
          </Field>
          <Field label="From" hint="In the zone of this computer.">
            {(ids) => <Input {...ids} name="from" type="datetime-local" className="w-60" required />}
          </Field>
          <Field label="Until" hint="30 days at most." error={problem}>
            {(ids) => <Input {...ids} name="until" type="datetime-local" className="w-60" required />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
