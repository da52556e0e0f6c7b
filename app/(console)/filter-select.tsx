import { Field, Select } from "@/components/ui/field";

export type Choice = { readonly value: string; readonly label: string };
type FilterSelectProps = {
  readonly label: string;
  readonly name: string;
  readonly value: string | undefined;
  readonly choices: readonly Choice[];
  readonly all?: string;
};

/** One filter with a closed set of values; "any" leaves it out of the address. */
export function FilterSelect({ label, name, value, choices, all = "any" }: FilterSelectProps) {
  return (
    <Field label={label}>
      {(ids) => (
        <Select
          {...ids}
          key={value ?? ""}
          name={name}
          defaultValue={value ?? ""}
          className="w-auto min-w-28 max-w-56"
        >
          {[{ value: "", label: all }, ...choices].map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Choices whose label is the value. */
export function plainChoices(values: readonly string[]): readonly Choice[] {
  return values.map((value) => ({ value, label: value }));
}
