"use client";
import { Field, Input } from "@/components/ui/field";

export type CodeKind = "totp" | "recovery-code";

/** Where a code is typed: six digits of an authenticator app, or one of the recovery codes. */
export function CodeField({ kind }: { readonly kind: CodeKind }) {
  const { label, hint, ...input } = looks[kind];
  return (
    <Field key={kind} label={label} hint={hint}>
      {(ids) => (
        <Input
          {...ids}
          {...input}
          name="code"
          maxLength={100}
          spellCheck={false}
          className="font-mono tracking-wider"
          required
        />
      )}
    </Field>
  );
}

const looks = {
  totp: {
    label: "Code",
    hint: "The six digits that your authenticator app shows now. Each counts once.",
    inputMode: "numeric",
    autoComplete: "one-time-code",
  },
  "recovery-code": {
    label: "Recovery code",
    hint: "One of the ten codes that you kept. It is used up by this.",
    inputMode: "text",
    autoComplete: "off",
  },
} as const satisfies Readonly<Record<CodeKind, object>>;
