import { Field, Input } from "@/components/ui/field";
import type { SourceSecretField } from "@/lib/services/sources/list-source-kinds";
import type { SettingField } from "@/lib/services/sources/setting-fields";
import { SettingInput } from "./setting-input";

export type FormSecret = SourceSecretField & { readonly isStored?: boolean };

type SourceFieldsProps = {
  readonly name?: string;
  readonly fields: readonly SettingField[];
  readonly secrets: readonly FormSecret[];
  /** Names of the fields that were refused. */
  readonly refused: readonly string[];
};

/** Name, settings and secrets of a source, as its connector asks for them. */
export function SourceFields({ name, fields, secrets, refused }: SourceFieldsProps) {
  const errorOf = (field: string) => (refused.includes(field) ? "Check this field." : undefined);
  return (
    <>
      <Field label="Name" hint="As your team calls it." error={errorOf("name")}>
        {(ids) => <Input {...ids} name="name" defaultValue={name} maxLength={120} required />}
      </Field>
      {fields.map((field) => (
        <SettingInput key={field.name} field={field} error={errorOf(field.name)} />
      ))}
      {secrets.map((secret) => (
        <Field
          key={secret.name}
          label={secret.title}
          hint={secret.description}
          isOptional={!secret.required}
          error={errorOf(secret.name)}
        >
          {(ids) => (
            <Input
              {...ids}
              name={`secret.${secret.name}`}
              type="password"
              autoComplete="off"
              placeholder={secret.isStored ? "Stored; leave empty to keep it" : ""}
              required={secret.required && !secret.isStored}
            />
          )}
        </Field>
      ))}
    </>
  );
}

/** What the form holds, as the source verbs take it. */
export function sourceInputOf(of: Pick<SourceFieldsProps, "fields" | "secrets">, form: HTMLFormElement) {
  const data = new FormData(form);
  return {
    name: data.get("name") || undefined,
    config: Object.fromEntries(of.fields.map(({ name }) => [name, data.get(`config.${name}`) ?? ""])),
    secrets: Object.fromEntries(of.secrets.map(({ name }) => [name, data.get(`secret.${name}`) ?? ""])),
  };
}
