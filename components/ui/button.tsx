import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

export type ButtonLook = "primary" | "secondary" | "quiet" | "danger";

/** A button. `type` defaults to "button" so that it never submits a form by accident. */
export function Button({ look = "secondary", className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={classNames(buttonClass(look), className)} {...rest} />;
}
export type ButtonProps = ComponentProps<"button"> & { readonly look?: ButtonLook };

/** A link that looks like a button. Not prefetched: most are never followed. */
export function LinkButton({ look = "secondary", className, ...rest }: LinkButtonProps) {
  return <Link prefetch={false} className={classNames(buttonClass(look), className)} {...rest} />;
}
export type LinkButtonProps = ComponentProps<typeof Link> & { readonly look?: ButtonLook };

/** A square button with only an icon; `label` is spoken and shown on hover. */
export function IconButton({ label, children, className, type = "button", ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={classNames(
        "inline-grid size-control min-h-6 min-w-6 shrink-0 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink disabled:opacity-50 [&_svg]:size-4",
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}
export type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "title" | "children"> & {
  readonly label: string;
  readonly children: ReactNode;
};

export function buttonClass(look: ButtonLook): string {
  return classNames(
    "inline-flex h-control min-w-6 items-center justify-center gap-1.5 whitespace-nowrap rounded-sm border px-2.5 text-body font-medium no-underline disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
    looks[look],
  );
}

const looks: Record<ButtonLook, string> = {
  primary: "border-transparent bg-accent text-on-accent hover:brightness-110",
  secondary: "border-line-strong bg-raised text-ink hover:bg-hover",
  quiet: "border-transparent text-ink hover:bg-hover",
  danger: "border-critical bg-raised text-critical hover:bg-critical-tint",
};
