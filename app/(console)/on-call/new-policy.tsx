"use client";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import type { Person, TeamView } from "@/lib/services/on-call/read-on-call";
import { FormDialog } from "../form-dialog";
import { keepPolicy } from "./actions";

type NewPolicyProps = { readonly teams: readonly TeamView[]; readonly people: readonly Person[] };

const STEPS = ["first", "second", "third"] as const;
const stepTitles = { first: "First", second: "Then", third: "Then" } as const;

/** Makes a policy: up to three steps and a last resort. */
export function NewPolicy({ teams, people }: NewPolicyProps) {
  return (
    <FormDialog
      title="New policy"
      trigger={<Button>New policy</Button>}
      submitLabel="Make it"
      act={(form) => keepPolicy(policyOf(form))}
    >
      {(problem) => (
        <>
          <Field label="Name">{(ids) => <Input {...ids} name="name" maxLength={120} required />}</Field>
          <Field
            label="Department"
            hint="Empty: for all incidents whose department has no policy of its own."
            error={problem}
            isOptional
          >
            {(ids) => <Input {...ids} name="department" maxLength={120} />}
          </Field>
          {STEPS.map((step, i) => (
            <StepFields
              key={step}
              name={step}
              label={stepTitles[step]}
              minutes={i === 0 ? 0 : 15}
              isOptional
              teams={teams}
              people={people}
            />
          ))}
          <StepFields name="last" label="Last resort" minutes={15} teams={teams} people={people} />
          <Field
            label="Again"
            hint="How often all of it is gone through again, every 30 minutes, while nobody answers."
          >
            {(ids) => (
              <Input
                {...ids}
                name="repeats"
                type="number"
                min={0}
                max={5}
                defaultValue={2}
                className="w-24"
                required
              />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}

function StepFields(
  props: NewPolicyProps & {
    readonly name: string;
    readonly label: string;
    readonly minutes: number;
    readonly isOptional?: boolean;
  },
) {
  const { name, label, minutes, isOptional = false, teams, people } = props;
  return (
    <div className="flex flex-wrap gap-3">
      <Field label={label} isOptional={isOptional} className="min-w-52 flex-1">
        {(ids) => (
          <Select {...ids} name={`${name}-target`} required={!isOptional}>
            {isOptional ? <option value="">nobody</option> : null}
            {teams.map((team) => (
              <option key={team.id} value={`team:${team.id}`}>
                {`Team ${team.name}`}
              </option>
            ))}
            {people.map((person) => (
              <option key={person.id} value={`person:${person.id}`}>
                {person.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="After minutes" className="w-32">
        {(ids) => (
          <Input
            {...ids}
            name={`${name}-minutes`}
            type="number"
            min={0}
            max={9000}
            defaultValue={minutes}
            required
          />
        )}
      </Field>
    </div>
  );
}

function policyOf(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? "");
  const stepOf = (name: string) => {
    const [kind, id] = text(`${name}-target`).split(":");
    return { afterMinutes: text(`${name}-minutes`), targets: [{ kind, id }] };
  };
  const steps = STEPS.filter((name) => text(`${name}-target`) !== "").map(stepOf);
  const plan = { steps, lastResort: stepOf("last"), repeats: text("repeats"), repeatAfterMinutes: 30 };
  return { name: text("name"), department: text("department"), plan };
}
