import { TrendingDown, TrendingUp } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { Lamp, type LampState } from "./lamp";

/** How a number moved against what it is compared with. `judgement` is the reader's view: fewer failures are "better". */
export type Trend = {
  readonly direction: "up" | "down" | "flat";
  /** "+0.30 pp", "−12 %". */
  readonly change: string;
  /** "previous 24 h", "same hours last week". */
  readonly against: string;
  readonly judgement: "better" | "worse" | "neutral";
};

export type FigureProps = {
  readonly label: ReactNode;
  /** Already formatted; "—" where there was nothing to measure. */
  readonly value: ReactNode;
  /** A number never stands alone: its target ("target ≤ 60 s") or usual range ("usual 0.1–0.4 %"). */
  readonly context: ReactNode;
  readonly trend?: Trend;
  /** Only for figures outside their target or range. */
  readonly lamp?: LampState;
  /** One primary figure a page. */
  readonly size?: "primary" | "secondary";
  /** A sparkline or link under the figure. */
  readonly children?: ReactNode;
};

/** A number with its label, its yardstick and its trend. Put several into a `FigureRow`. */
export function Figure({ label, value, context, trend, lamp, size = "secondary", children }: FigureProps) {
  return (
    <div className="flex min-w-32 flex-col">
      <dt className="label-caps">{label}</dt>
      <dd
        className={classNames(
          "flex items-center gap-2 font-medium leading-tight tabular-nums",
          size === "primary" ? "text-28" : "text-20",
        )}
      >
        {lamp ? <Lamp state={lamp} label={lamp} /> : null}
        {value}
      </dd>
      <dd className="mt-0.5 text-12 text-muted">{context}</dd>
      {trend ? (
        <dd className="text-12">
          <TrendText trend={trend} />
        </dd>
      ) : null}
      {children ? <dd className="mt-1">{children}</dd> : null}
    </div>
  );
}

/** Figures side by side, divided by hairlines; two columns on a phone. */
export function FigureRow({ children }: { readonly children: ReactNode }) {
  return (
    // Each figure has a line at its left; those at the start of a row lie outside the box and are cut off.
    <div className="overflow-clip">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:-ml-[calc(1.5rem+1px)] md:flex md:flex-wrap md:gap-x-0 md:[&>*]:border-l md:[&>*]:border-line md:[&>*]:px-6">
        {children}
      </dl>
    </div>
  );
}

/** "▲ +0.30 pp against previous 24 h", for use in table cells too (`isShort` leaves out what it is compared with). */
export function TrendText({ trend, isShort = false }: { readonly trend: Trend; readonly isShort?: boolean }) {
  const { direction, change, against, judgement } = trend;
  const tone = { better: "text-ok", worse: "text-warning", neutral: "text-muted" }[judgement];
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1" title={`${change} against ${against}`}>
      <span className={classNames("inline-flex items-center gap-1 whitespace-nowrap", tone)}>
        {direction === "up" ? <TrendingUp aria-hidden className="size-3.5" /> : null}
        {direction === "down" ? <TrendingDown aria-hidden className="size-3.5" /> : null}
        {change}
        {judgement === "neutral" ? null : <span className="sr-only">, {judgement}</span>}
      </span>
      {isShort ? null : <span className="text-muted">vs {against}</span>}
    </span>
  );
}
