import type { ReactNode } from "react";
import { Lamp, type LampState } from "./lamp";

export type EmptyStateProps = {
  /** What is (not) here, as a sentence: "No message failed in this range." */
  readonly title: ReactNode;
  /** Why, and what that means. */
  readonly children?: ReactNode;
  /** What to do next: one or two buttons or links. */
  readonly actions?: ReactNode;
  readonly lamp?: LampState;
};

/** A quiet notice in place of content. */
export function EmptyState({ title, children, actions, lamp }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-2 py-5">
      <p className="flex items-center gap-2 font-medium">
        {lamp ? <Lamp state={lamp} /> : null}
        {title}
      </p>
      {children ? <div className="max-w-[65ch] text-muted">{children}</div> : null}
      {actions ? <div className="mt-1 flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}
