"use client";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyableId } from "@/components/ui/copyable-id";
import { Field, Input } from "@/components/ui/field";
import { FormDialog } from "../../form-dialog";
import { makeDisplay } from "./actions";

/** Makes a wall board and shows its one-time link; the link is forgotten when the dialog closes. */
export function NewDisplay() {
  return (
    <FormDialog
      title="New wall board"
      trigger={<Button look="primary">New wall board</Button>}
      submitLabel="Make the link"
      act={(form) => makeDisplay(Object.fromEntries(form))}
      problemOf={problemOf}
      shown={({ link }) => (
        <Callout tone="warning" title="Copy it now: it is not shown again">
          <CopyableId
            value={`${location.origin}/board/open/${link}`}
            kind="wall board link"
            className="mt-1"
          />
          <p className="mt-2">Open it on the screen within a day. It works once.</p>
        </Callout>
      )}
    >
      {(problem) => (
        <>
          <Field label="Name" hint="Where the screen hangs.">
            {(ids) => <Input {...ids} name="name" maxLength={80} required />}
          </Field>
          <Field
            label="Addresses"
            hint="Of the screen itself: an address or a range, such as 10.20.30.0/28; several by commas."
            error={problem}
          >
            {(ids) => <Input {...ids} name="ranges" maxLength={1000} required className="font-mono" />}
          </Field>
          <Field label="Days" hint="After that it shows nothing. A year at most.">
            {(ids) => (
              <Input
                {...ids}
                name="days"
                type="number"
                min={1}
                max={366}
                defaultValue={90}
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

function problemOf({
  message,
  fields,
}: {
  readonly message: string;
  readonly fields: readonly string[];
}): string {
  return fields.some((field) => field.startsWith("ranges"))
    ? "Write addresses or ranges like 10.20.30.7 or 10.20.30.0/28."
    : message;
}
