"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import { retentionFacts } from "@/lib/core/retention/kinds";
import { type ChoosableKind, choosableDays } from "@/lib/core/retention/periods";
import { FormDialog } from "../../form-dialog";
import { askForPeriod } from "./actions";

type Period = { readonly kind: ChoosableKind; readonly days: number };

/** Asks a second person to keep a kind of record for longer or less long. */
export function ChangePeriod({ periods }: { readonly periods: readonly Period[] }) {
  const [chosen, setChosen] = useState(periods[0]);
  if (chosen === undefined) return null;
  const { least, most } = choosableDays[chosen.kind];
  return (
    <div className="flex flex-row-reverse items-center justify-end gap-3 pt-3">
      <FormDialog
        title="Change how long records are kept"
        description="It takes a second person, and privacy officers are told. The other periods are part of how figures are counted and are fixed."
        trigger={<Button>Change a period</Button>}
        submitLabel="Ask for it"
        act={(form) => askForPeriod({ record: chosen.kind, days: form.get("days") })}
        said={() => "A second person is asked."}
      >
        {(problem) => (
          <>
            <Field label="Kind of record">
              {(ids) => (
                <Select
                  {...ids}
                  value={chosen.kind}
                  onChange={({ target }) =>
                    setChosen(periods.find(({ kind }) => kind === target.value) ?? chosen)
                  }
                >
                  {periods.map(({ kind }) => (
                    <option key={kind} value={kind}>
                      {retentionFacts[kind].title}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field
              label="Days"
              hint={`Now ${chosen.days}; from ${least} to ${most}. What becomes too old is deleted within an hour of the approval.`}
              error={problem}
            >
              {(ids) => (
                <Input
                  {...ids}
                  key={chosen.kind}
                  name="days"
                  type="number"
                  min={least}
                  max={most}
                  defaultValue={chosen.days}
                  required
                  className="w-28"
                />
              )}
            </Field>
          </>
        )}
      </FormDialog>
    </div>
  );
}
