"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button, LinkButton } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import { type SystemKind, systemKinds, systemKindTitles } from "@/lib/core/estate/kinds";
import { useStepUp } from "../step-up";
import { save } from "./actions";

export type SystemFields = {
  readonly id?: string;
  readonly name: string;
  readonly kind: SystemKind;
  readonly sourceId: number | undefined;
} & Readonly<Record<(typeof textFields)[number]["name"], string | undefined>>;

const textFields = [
  {
    name: "product",
    label: "Product",
    hint: "As its vendor calls it, such as Orthanc or Mirth Connect.",
    max: 120,
  },
  { name: "version", label: "Version", hint: "Known weaknesses of this release are shown.", max: 60 },
  { name: "aeTitle", label: "AE title", hint: "Of a DICOM application, up to 16 characters.", max: 16 },
  {
    name: "endpoint",
    label: "TLS endpoint",
    hint: "host:port. Its certificate is read every six hours; nothing is sent there.",
    max: 260,
  },
  { name: "site", label: "Site", hint: "Where it stands.", max: 120 },
  { name: "department", label: "Department", hint: "Whose it is.", max: 120 },
  { name: "contact", label: "Contact", hint: "Whom to call at night, with a number.", max: 200 },
  { name: "note", label: "Note", hint: "No data of patients.", max: 2000 },
] as const;

/** Adds a system, or says anew what one is. */
export function SystemForm({
  system,
  sources,
}: {
  readonly system: SystemFields | undefined;
  readonly sources: readonly { readonly id: number; readonly name: string }[];
}) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [problem, setProblem] = useState<{ readonly message: string; readonly fields: readonly string[] }>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.currentTarget));
    const answer = await withStepUp(() => save({ ...given, ...(system?.id && { id: system.id }) }));
    setProblem(answer.ok ? undefined : answer);
    if (answer.ok) router.push(`/estate/${answer.result.id}`);
  };
  const errorOf = (name: string) =>
    problem?.fields.includes(name) ? "This does not read as what the hint says." : undefined;
  return (
    <form onSubmit={(event) => void submit(event)} className="flex max-w-xl flex-col gap-4">
      <Field label="Name" error={errorOf("name")}>
        {(ids) => <Input {...ids} name="name" maxLength={120} defaultValue={system?.name} required />}
      </Field>
      <Field label="Kind">
        {(ids) => (
          <Select {...ids} name="kind" defaultValue={system?.kind ?? "pacs"} className="w-56">
            {systemKinds.map((kind) => (
              <option key={kind} value={kind}>
                {systemKindTitles[kind]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Read by"
        hint="The source whose clock and changes of version are this system's."
        isOptional
      >
        {(ids) => (
          <Select {...ids} name="sourceId" defaultValue={system?.sourceId ?? ""} className="w-72">
            <option value="">No source</option>
            {sources.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {textFields.map(({ name, label, hint, max }) => (
        <Field key={name} label={label} hint={hint} error={errorOf(name)} isOptional>
          {(ids) => <Input {...ids} name={name} maxLength={max} defaultValue={system?.[name]} />}
        </Field>
      ))}
      <p role="alert" className="text-critical">
        {problem?.message}
      </p>
      <div className="flex gap-2">
        <Button type="submit" look="primary">
          Save
        </Button>
        <LinkButton href={system?.id ? `/estate/${system.id}` : "/estate"}>Leave it</LinkButton>
      </div>
    </form>
  );
}
