import { Field, Input } from "@/components/ui/field";
import type { SourceSecretField } from "@/lib/services/sources/list-source-kinds";

export type FormSecret = SourceSecretField & { readonly isStored?: boolean };

type SecretInputProps = { readonly secret: FormSecret; readonly error: string | undefined };

/** A secret of a source. What is stored is never shown; an empty field keeps it. */
export function SecretInput({ secret, error }: SecretInputProps) {
  const { name, title, description, required, isStored } = secret;
  return (
    <Field label={title} hint={description} isOptional={!required} error={error}>
      {(ids) => (
        <Input
          {...ids}
          name={`secret.${name}`}
          type="password"
          autoComplete="off"
          placeholder={isStored ? "Stored; leave empty to keep it" : ""}
          required={required && !isStored}
        />
      )}
    </Field>
  );
}
