import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { Lamp, type LampState } from "./lamp";

export type NoticeTone = "critical" | "warning" | "notice" | "unknown";
export type BannerProps = {
  readonly tone: NoticeTone;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
};

/** A line across the page for what concerns all of it: demo data, no backup for a day, a source that is behind. */
export function Banner({ tone, children, actions }: BannerProps) {
  return (
    <div
      role={tone === "critical" ? "alert" : "status"}
      className={classNames(
        "flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5",
        tints[tone],
      )}
    >
      <Lamp state={tone} />
      <div className="min-w-0 flex-1">{children}</div>
      {actions}
    </div>
  );
}

export type CalloutProps = {
  readonly tone: NoticeTone;
  readonly title?: ReactNode;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
};

/** A boxed remark within a page or form: what happened, why it matters, what to do. */
export function Callout({ tone, title, children, actions }: CalloutProps) {
  return (
    <div
      role={tone === "critical" ? "alert" : undefined}
      className={classNames("flex gap-2.5 rounded-sm border border-line px-3 py-2.5", tints[tone])}
    >
      <Lamp state={tone} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        <div className="max-w-[75ch]">{children}</div>
        {actions ? <div className="mt-2 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}

const tints: Record<NoticeTone & LampState, string> = {
  critical: "bg-critical-tint",
  warning: "bg-warning-tint",
  notice: "bg-notice-tint",
  unknown: "bg-unknown-tint",
};
