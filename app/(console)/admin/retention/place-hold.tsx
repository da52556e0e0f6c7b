"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import { FormDialog } from "../../form-dialog";
import { placeLegalHold } from "./actions";

const kinds = [
  { kind: "patient", label: "A patient" },
  { kind: "person", label: "A person who used an engine" },
  { kind: "period", label: "A period" },
] as const;
type Kind = (typeof kinds)[number]["kind"];

/** Puts a patient, a person or a period on hold. */
export function PlaceHold() {
  const [kind, setKind] = useState<Kind>("patient");
  return (
    <FormDialog
      title="Place a legal hold"
      description="It holds at once, and until another person lifts it."
      trigger={<Button>Place a hold</Button>}
      submitLabel="Place the hold"
      act={(form) => placeLegalHold(Object.fromEntries(form))}
    >
      {(problem) => (
        <>
          <Field label="What is to be kept">
            {(ids) => (
              <Select
                {...ids}
                name="kind"
                value={kind}
                onChange={({ target }) =>
                  setKind(kinds.find((one) => one.kind === target.value)?.kind ?? "patient")
                }
              >
                {kinds.map((one) => (
                  <option key={one.kind} value={one.kind}>
                    {one.label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <SubjectFields kind={kind} />
          <Field
            label="Why"
            hint="Who asked for it, and a file number. No names of patients."
            error={problem}
          >
            {(ids) => <Input {...ids} name="reason" minLength={5} maxLength={500} required />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}

function SubjectFields({ kind }: { readonly kind: Kind }) {
  switch (kind) {
    case "patient":
      return (
        <>
          <Field label="MRN" hint="Only a keyed reference of it is kept.">
            {(ids) => <Input {...ids} name="value" maxLength={100} autoComplete="off" required />}
          </Field>
          <Field label="Issuer of the MRN (CX.4)">
            {(ids) => (
              <Input {...ids} name="assigningAuthority" maxLength={100} autoComplete="off" required />
            )}
          </Field>
        </>
      );
    case "person":
      return (
        <Field
          label="User name"
          hint="As the engines name this person in their audit events. Signalbox's own trail is never deleted."
        >
          {(ids) => <Input {...ids} name="person" maxLength={200} autoComplete="off" required />}
        </Field>
      );
    case "period":
      return (
        <>
          <Field label="First day" hint="UTC days, both included.">
            {(ids) => <Input {...ids} name="from" type="date" required />}
          </Field>
          <Field label="Last day">{(ids) => <Input {...ids} name="to" type="date" required />}</Field>
        </>
      );
  }
}
