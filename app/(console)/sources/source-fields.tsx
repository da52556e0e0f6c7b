import { Field, Input } from "@/components/ui/field";
import type { SettingField } from "@/lib/services/sources/setting-fields";
import { MoreSettings } from "./more-settings";
import { type FormSecret, SecretInput } from "./secret-input";
import { SettingInput } from "./setting-input";

type SourceFieldsProps = {
  readonly name?: string;
  readonly fields: readonly SettingField[];
  readonly secrets: readonly FormSecret[];
  /** Names of the fields that were refused. */
  readonly refused: readonly string[];
};

/** Name, settings and secrets of a source, as its connector asks for them: what it cannot do without, then the rest. */
export function SourceFields({ name, fields, secrets, refused }: SourceFieldsProps) {
  const errorOf = (field: string) => (refused.includes(field) ? "Check this field." : undefined);
  const rest = fields.filter(({ isRequired }) => !isRequired);
  const restSecrets = secrets.filter(({ required }) => !required);
  const restNames = [...rest, ...restSecrets];
  const settings = (some: readonly SettingField[]) =>
    some.map((field) => <SettingInput key={field.name} field={field} error={errorOf(field.name)} />);
  const hidden = (some: readonly FormSecret[]) =>
    some.map((secret) => <SecretInput key={secret.name} secret={secret} error={errorOf(secret.name)} />);
  return (
    <>
      <Field label="Name" hint="As your team calls it." error={errorOf("name")}>
        {(ids) => <Input {...ids} name="name" defaultValue={name} maxLength={120} required />}
      </Field>
      {settings(fields.filter(({ isRequired }) => isRequired))}
      {hidden(secrets.filter(({ required }) => required))}
      {restNames.length > 0 ? (
        <MoreSettings
          titles={restNames.map(({ title }) => title)}
          hasError={restNames.some((field) => refused.includes(field.name))}
        >
          {settings(rest)}
          {hidden(restSecrets)}
        </MoreSettings>
      ) : null}
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
