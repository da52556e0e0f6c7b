import { Field, Input, Select, TextArea } from "@/components/ui/field";
import type { SettingField } from "@/lib/services/sources/setting-fields";

type SettingInputProps = { readonly field: SettingField; readonly error: string | undefined };

/** One setting of a source: a choice where its schema lists the values, a text field otherwise. */
export function SettingInput({ field, error }: SettingInputProps) {
  const { title, description, isRequired, isMultiline, choices, value } = field;
  const name = `config.${field.name}`;
  return (
    <Field label={title} hint={description} isOptional={!isRequired} error={error}>
      {(ids) => {
        if (choices.length > 0) {
          return (
            <Select {...ids} name={name} defaultValue={value}>
              {choices.map((choice) => (
                <option key={choice}>{choice}</option>
              ))}
            </Select>
          );
        }
        const common = { ...ids, name, defaultValue: value, required: isRequired };
        return isMultiline ? <TextArea {...common} className="font-mono text-12" /> : <Input {...common} />;
      }}
    </Field>
  );
}
