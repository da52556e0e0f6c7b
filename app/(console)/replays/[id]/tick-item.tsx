"use client";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormDialog } from "../../form-dialog";
import { tick } from "../actions";

type TickItemProps = {
  readonly id: string;
  readonly version: number;
  readonly position: number;
  /** Empty while it is left out. */
  readonly reason: string;
};

/** Takes one message in although something speaks against it, with the reason. */
export function TickItem({ id, version, position, reason }: TickItemProps) {
  const isTicked = reason !== "";
  return (
    <FormDialog
      title={isTicked ? "Leave it out again" : "Send it all the same"}
      description="Say why in words, without naming the patient. The audit trail keeps it."
      trigger={<Button look="quiet">{isTicked ? "Leave out" : "Take in"}</Button>}
      submitLabel={isTicked ? "Leave it out" : "Take it in"}
      act={(form) => tick({ id, version, position, reason: isTicked ? "" : form.get("reason") })}
    >
      {(problem) =>
        isTicked ? (
          <p>
            Taken in because: {reason}. {problem}
          </p>
        ) : (
          <Field label="Why it is sent again" error={problem}>
            {(ids) => (
              <Input {...ids} name="reason" autoComplete="off" required minLength={3} maxLength={200} />
            )}
          </Field>
        )
      }
    </FormDialog>
  );
}
