"use client";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { type SecondPersonCause, secondPersonTexts } from "@/lib/core/replay/second-person";
import { FormDialog } from "../../form-dialog";
import { submit } from "../actions";

type SubmitReplayProps = {
  readonly id: string;
  readonly version: number;
  readonly messages: number;
  readonly takesTwo: readonly SecondPersonCause[];
};

/** Settles the selection, with the reason and the pace. */
export function SubmitReplay({ id, version, messages, takesTwo }: SubmitReplayProps) {
  const count = messages === 1 ? "one message" : `${messages} messages`;
  return (
    <FormDialog
      title={`Settle ${count}`}
      description={
        takesTwo.length === 0
          ? "The selection is then fixed, and you may start."
          : `A second person is asked. ${takesTwo.map((cause) => secondPersonTexts[cause]).join(" ")}`
      }
      trigger={<Button look="primary">{takesTwo.length === 0 ? "Settle" : "Ask a second person"}</Button>}
      submitLabel={takesTwo.length === 0 ? "Settle" : "Ask"}
      act={(form) => submit({ id, version, ...Object.fromEntries(form) })}
    >
      {(problem) => (
        <>
          <Field label="Why they are sent again" hint="In words, without naming a patient." error={problem}>
            {(ids) => (
              <Input {...ids} name="reason" autoComplete="off" required minLength={3} maxLength={500} />
            )}
          </Field>
          <Field label="Ticket" isOptional>
            {(ids) => <Input {...ids} name="ticket" autoComplete="off" maxLength={100} className="w-40" />}
          </Field>
          <Field label="Messages a minute">
            {(ids) => (
              <Input
                {...ids}
                name="perMinute"
                type="number"
                min={1}
                max={600}
                defaultValue={60}
                className="w-40"
              />
            )}
          </Field>
          <Field label="Stop after so many in a row that fail">
            {(ids) => (
              <Input
                {...ids}
                name="stopAfter"
                type="number"
                min={1}
                max={100}
                defaultValue={5}
                className="w-40"
              />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
