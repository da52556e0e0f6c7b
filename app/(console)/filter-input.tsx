import { Field, Input } from "@/components/ui/field";

type FilterInputProps = {
  readonly label: string;
  readonly name: string;
  readonly value: string | number | undefined;
  /** Where "/" leads. */
  readonly isSearch?: boolean;
  /** A whole number from 0 instead of text. */
  readonly isNumber?: boolean;
};

/** One filter with a value of one's own; left empty it is left out of the address. */
export function FilterInput({ label, name, value, isSearch = false, isNumber = false }: FilterInputProps) {
  const kind = isNumber ? numberOnly : shortText;
  return (
    <Field label={label}>
      {(ids) => (
        <Input
          {...ids}
          {...kind}
          key={value ?? ""}
          name={name}
          defaultValue={value ?? ""}
          {...(isSearch ? { "data-search": "" } : {})}
        />
      )}
    </Field>
  );
}

const shortText = { maxLength: 100, className: "w-40" } as const;
const numberOnly = { type: "number", min: 0, className: "w-32" } as const;
