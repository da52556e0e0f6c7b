"use client";
import { useState } from "react";
import { channelWords } from "@/components/notice/channel-words";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import { FormDialog } from "../../form-dialog";
import { addMine } from "./actions";

/** Adds a way in which I am told. */
export function AddMine() {
  const [kind, setKind] = useState<"email" | "pagerduty">("email");
  const act = (form: FormData) => {
    const { name, ...address } = Object.fromEntries(form);
    return addMine({ name, address });
  };
  return (
    <FormDialog
      title="Tell me another way"
      trigger={<Button>Add a channel</Button>}
      submitLabel="Add it"
      act={act}
      problemOf={({ message, fields }) =>
        fields.some((field) => field.startsWith("address")) ? "Check the address or the key." : message
      }
    >
      {(problem) => (
        <>
          <Field label="Kind">
            {(ids) => (
              <Select
                {...ids}
                name="kind"
                value={kind}
                onChange={({ target }) => setKind(target.value === "pagerduty" ? "pagerduty" : "email")}
              >
                <option value="email">{channelWords.email}</option>
                <option value="pagerduty">{channelWords.pagerduty}</option>
              </Select>
            )}
          </Field>
          <Field label="Name" hint="Such as: phone at night.">
            {(ids) => <Input {...ids} name="name" maxLength={80} required />}
          </Field>
          {kind === "email" ? (
            <Field label="E-mail address" error={problem}>
              {(ids) => <Input {...ids} name="to" type="email" maxLength={200} required />}
            </Field>
          ) : (
            <Field label="Integration key" hint="Of an Events API v2 integration." error={problem}>
              {(ids) => <Input {...ids} name="routingKey" maxLength={64} required className="font-mono" />}
            </Field>
          )}
        </>
      )}
    </FormDialog>
  );
}
