"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { Callout, type NoticeTone } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import type { SourceKind } from "@/lib/services/sources/list-source-kinds";
import { create, test } from "../actions";
import { SettingInput } from "./setting-input";

type Said = { readonly tone: NoticeTone; readonly title: string; readonly text: string };

/** The form of one kind of source, drawn from what its connector asks for. Can be tried before it is saved. */
export function AddSourceForm({ kind }: { readonly kind: SourceKind }) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [said, setSaid] = useState<Said>();
  const [refused, setRefused] = useState<readonly string[]>([]);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const answer = await create(inputOf(kind, event.currentTarget));
    if (answer.ok) return router.push("/sources");
    setRefused(answer.fields);
    setSaid({ tone: "warning", title: "Not saved", text: answer.message });
  };
  const tryIt = async () => {
    if (form.current === null) return;
    setSaid({ tone: "notice", title: "Connecting…", text: "This takes at most 20 seconds." });
    const answer = await test(inputOf(kind, form.current));
    setRefused(answer.ok ? [] : answer.fields);
    setSaid(
      answer.ok
        ? {
            tone: answer.result.ok ? "notice" : "critical",
            title: answer.result.ok ? "Connected" : "Not connected",
            text: answer.result.diagnosis,
          }
        : { tone: "warning", title: "Not tried", text: answer.message },
    );
  };
  const errorOf = (name: string) => (refused.includes(name) ? "Check this field." : undefined);
  return (
    <form ref={form} onSubmit={(event) => void save(event)} className="flex max-w-xl flex-col gap-4">
      <p className="text-muted">{kind.description}</p>
      <Field label="Name" hint="As your team calls it." error={errorOf("name")}>
        {(ids) => <Input {...ids} name="name" maxLength={120} required />}
      </Field>
      {kind.fields.map((field) => (
        <SettingInput key={field.name} field={field} error={errorOf(field.name)} />
      ))}
      {kind.secrets.map(({ name, title, description, required }) => (
        <Field key={name} label={title} hint={description} isOptional={!required} error={errorOf(name)}>
          {(ids) => (
            <Input {...ids} name={`secret.${name}`} type="password" autoComplete="off" required={required} />
          )}
        </Field>
      ))}
      {said ? (
        <Callout tone={said.tone} title={said.title}>
          {said.text}
        </Callout>
      ) : null}
      <div className="flex gap-2">
        <Button type="submit" look="primary">
          Save
        </Button>
        {kind.canBeTested ? <Button onClick={() => void tryIt()}>Test connection</Button> : null}
      </div>
    </form>
  );
}

function inputOf(kind: SourceKind, form: HTMLFormElement) {
  const data = new FormData(form);
  return {
    kind: kind.kind,
    name: data.get("name") || undefined,
    config: Object.fromEntries(kind.fields.map(({ name }) => [name, data.get(`config.${name}`) ?? ""])),
    secrets: Object.fromEntries(kind.secrets.map(({ name }) => [name, data.get(`secret.${name}`) ?? ""])),
  };
}
