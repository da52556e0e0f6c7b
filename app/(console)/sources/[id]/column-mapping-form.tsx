"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import type { ChannelColumns } from "@/lib/services/sources/read-source";
import { mapColumns } from "../actions";

type ColumnMappingFormProps = { readonly channel: ChannelColumns; readonly mayConfirm: boolean };

const held = [
  { key: "controlId", title: "Control id (MSH-10)" },
  { key: "accession", title: "Accession number" },
  { key: "orderNumber", title: "Order number" },
  { key: "mrn", title: "MRN" },
] as const;

/** What the columns of one channel hold, to be confirmed. "None" = the channel does not carry it. */
export function ColumnMappingForm({ channel, mayConfirm }: ColumnMappingFormProps) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const confirm = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = Object.fromEntries(new FormData(event.currentTarget));
    const answer = await mapColumns({ interfaceId: channel.id, ...form });
    setProblem(answer.ok ? undefined : refusal(answer));
    router.refresh();
  };
  return (
    <form onSubmit={(event) => void confirm(event)} className="flex flex-wrap items-end gap-3 py-2">
      {held.map(({ key, title }) => (
        <Field key={key} label={title}>
          {(ids) => (
            <Select {...ids} name={key} defaultValue={channel.mapping[key] ?? ""} disabled={!mayConfirm}>
              <option value="">None</option>
              {channel.columns.map((column) => (
                <option key={column}>{column}</option>
              ))}
            </Select>
          )}
        </Field>
      ))}
      <Field label="Issuer of the MRN (CX.4)">
        {(ids) => (
          <Input
            {...ids}
            name="mrnAuthority"
            defaultValue={channel.mapping.mrnAuthority}
            disabled={!mayConfirm}
            className="w-44"
          />
        )}
      </Field>
      {mayConfirm ? (
        <Button type="submit" look={channel.confirmedAt === undefined ? "primary" : "secondary"}>
          Confirm
        </Button>
      ) : null}
      {problem ? (
        <p role="alert" className="basis-full text-critical">
          {problem}
        </p>
      ) : null}
    </form>
  );
}

function refusal({
  fields,
  message,
}: {
  readonly fields: readonly string[];
  readonly message: string;
}): string {
  if (!fields.includes("mrnAuthority")) return message;
  return "An MRN means nothing without its issuer: name both, or neither.";
}
