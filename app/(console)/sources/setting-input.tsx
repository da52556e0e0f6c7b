import { Field, Input, Select } from "@/components/ui/field";
import type { SettingField } from "@/lib/services/sources/setting-fields";

/** One setting of a source: a choice where its schema lists the values, a text field otherwise. */
export function SettingInput({
  field,
  error,
}: {
  readonly field: SettingField;
  readonly error: string | undefined;
}) {
  const name = `config.${field.name}`;
  return (
    <Field label={field.title} hint={field.description} isOptional={!field.isRequired} error={error}>
      {(ids) =>
        field.choices.length > 0 ? (
          <Select {...ids} name={name} defaultValue={field.value}>
            {field.choices.map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </Select>
        ) : (
          <Input {...ids} name={name} defaultValue={field.value} required={field.isRequired} />
        )
      }
    </Field>
  );
}
