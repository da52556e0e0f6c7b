"use client";
import { useState } from "react";
import { channelWords } from "@/components/notice/channel-words";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import type { ChannelKind } from "@/lib/core/notice/kinds";
import type { ActionResult } from "@/lib/http/action";
import { FormDialog } from "./form-dialog";

type ChannelDialogProps = {
  readonly title: string;
  readonly kinds: readonly ChannelKind[];
  readonly add: (channel: {
    readonly name: FormDataEntryValue | undefined;
    readonly address: Readonly<Record<string, FormDataEntryValue>>;
  }) => Promise<ActionResult<unknown>>;
};

/** Adds a way in which somebody is told; what is secret in it is not shown again. */
export function ChannelDialog({ title, kinds, add }: ChannelDialogProps) {
  const [kind, setKind] = useState<ChannelKind>("email");
  const act = (form: FormData) => {
    const { name, ...address } = Object.fromEntries([...form].filter(([, value]) => value !== ""));
    return add({ name, address });
  };
  return (
    <FormDialog
      title={title}
      trigger={<Button>Add a channel</Button>}
      submitLabel="Add it"
      act={act}
      problemOf={({ message, fields }) =>
        fields.some((field) => field.startsWith("address")) ? "Check the address and the key." : message
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
                onChange={({ target }) => setKind(kinds.find((known) => known === target.value) ?? "email")}
              >
                {kinds.map((one) => (
                  <option key={one} value={one}>
                    {channelWords[one]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Name" hint="Such as: phone at night." error={problem}>
            {(ids) => <Input {...ids} name="name" maxLength={80} required />}
          </Field>
          <AddressFields kind={kind} />
        </>
      )}
    </FormDialog>
  );
}

function AddressFields({ kind }: { readonly kind: ChannelKind }) {
  const url = (
    <Field label="Address" hint="https:// as the receiver gives it.">
      {(ids) => <Input {...ids} name="url" type="url" maxLength={2_000} required className="font-mono" />}
    </Field>
  );
  switch (kind) {
    case "email":
      return (
        <Field label="E-mail address">
          {(ids) => <Input {...ids} name="to" type="email" maxLength={200} required />}
        </Field>
      );
    case "teams":
    case "slack":
      return url;
    case "pagerduty":
      return (
        <Field label="Integration key" hint="Of an Events API v2 integration.">
          {(ids) => <Input {...ids} name="routingKey" maxLength={64} required className="font-mono" />}
        </Field>
      );
    case "webhook":
      return (
        <>
          {url}
          <Field
            label="Secret"
            hint="With which notices are signed: 16 letters or more, the same at the receiver."
          >
            {(ids) => (
              <Input {...ids} name="secret" minLength={16} maxLength={200} required className="font-mono" />
            )}
          </Field>
          <Field label="Secret before" hint="While it is being changed: both sign." isOptional>
            {(ids) => <Input {...ids} name="previousSecret" maxLength={200} className="font-mono" />}
          </Field>
        </>
      );
  }
}
