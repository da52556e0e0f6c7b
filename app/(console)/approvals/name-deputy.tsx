"use client";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import { FormDialog } from "../form-dialog";
import { nameMyDeputy } from "./actions";

type NameDeputyProps = { readonly candidates: readonly { readonly id: string; readonly name: string }[] };

/** Names who decides on requests while one is away. */
export function NameDeputy({ candidates }: NameDeputyProps) {
  return (
    <FormDialog
      title="Name a deputy"
      description="Until the end of that day (UTC) they decide in your place. You can decide yourself all the same."
      trigger={<Button>Name a deputy</Button>}
      submitLabel="Name deputy"
      act={(form) => nameMyDeputy({ deputyId: form.get("deputyId"), until: form.get("until") })}
    >
      {(problem) => (
        <>
          <Field label="Deputy">
            {(ids) => (
              <Select {...ids} name="deputyId" required defaultValue="">
                <option value="" disabled>
                  Choose
                </option>
                {candidates.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Until" hint="A month ahead at most." error={problem}>
            {(ids) => <Input {...ids} name="until" type="date" required className="w-44" />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
