import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";

/** What a control inside a Field must carry so that label, hint and error belong to it. */
export type FieldIds = {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
};
export type FieldProps = {
  readonly label: ReactNode;
  /** What to enter and why, always visible below the control. */
  readonly hint?: ReactNode;
  /** What is wrong and how to put it right. */
  readonly error?: string | undefined;
  readonly isOptional?: boolean;
  readonly children: (ids: FieldIds) => ReactNode;
  readonly className?: string;
};

/** Label, control, hint and error: `<Field label="Name">{(ids) => <Input {...ids} name="name" />}</Field>`. */
export function Field({ label, hint, error, isOptional = false, children, className }: FieldProps) {
  const id = useId();
  const describedBy = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={classNames("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="font-medium">
        {label}
        {isOptional ? <span className="font-normal text-muted"> (optional)</span> : null}
      </label>
      {children({
        id,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {error ? (
        <p id={`${id}-error`} className="text-12 text-critical">
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="text-12 text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** Width follows the container; give `className="w-40"` or similar for short values. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classNames(controlClass, "w-full px-2", className)} {...rest} />;
}

/** The browser's own select: works without script, on phones and with every screen reader. */
export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <select className={classNames(controlClass, "w-full px-1.5", className)} {...rest}>
      {children}
    </select>
  );
}

export function TextArea({ className, rows = 4, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={rows}
      className={classNames(controlClass, "h-auto min-h-16 w-full px-2 py-1.5", className)}
      {...rest}
    />
  );
}

/** A tick with its own label; the whole line is the target. */
export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  return (
    <label className={classNames("inline-flex min-h-6 cursor-pointer items-start gap-2 py-0.5", className)}>
      <input type="checkbox" className="mt-0.5 size-4 shrink-0" {...rest} />
      <span>
        {label}
        {hint ? <span className="block text-12 text-muted">{hint}</span> : null}
      </span>
    </label>
  );
}
export type CheckboxProps = Omit<ComponentProps<"input">, "type"> & {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
};

const controlClass =
  "h-control rounded-sm border border-line-strong bg-raised text-body text-ink placeholder:text-muted disabled:opacity-55 aria-invalid:border-critical";
