import Link from "next/link";
import { formatRange } from "@/lib/core/time/format";
import { classNames } from "../ui/class-names";
import type { LampState } from "../ui/lamp";

/** One stretch of a strip, usually an hour. Milliseconds since 1970. */
export type StripCell = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly state: LampState;
  /** What happened: "412 failed of 1,284", "silent". */
  readonly label: string;
  readonly href?: string;
};
export type OutcomeStripProps = {
  /** Whose strip it is: "Orders, last 24 h". */
  readonly label: string;
  readonly cells: readonly StripCell[];
  readonly zone: string;
};

/** A day at a glance: calm hours are a thin grey line, abnormal ones stand up and take colour. Drawn on the server. */
export function OutcomeStrip({ label, cells, zone }: OutcomeStripProps) {
  return (
    <ol aria-label={label} className="flex h-6 w-full items-stretch gap-px">
      {cells.map((cell) => (
        <li key={cell.fromMs} className="min-w-0" style={{ flex: `${cell.toMs - cell.fromMs} 1 0` }}>
          <StripPart cell={cell} zone={zone} />
        </li>
      ))}
    </ol>
  );
}

function StripPart({ cell, zone }: { readonly cell: StripCell; readonly zone: string }) {
  const range = { from: new Date(cell.fromMs), to: new Date(cell.toMs) };
  const title = `${formatRange({ range, zone, now: range.to })}: ${cell.label}`;
  const bar = <span aria-hidden className={classNames("block w-full", stateBars[cell.state])} />;
  const className = "flex h-6 items-end";
  if (!cell.href) {
    return (
      <span title={title} className={className}>
        {bar}
        <span className="sr-only">{title}</span>
      </span>
    );
  }
  return (
    <Link
      href={cell.href}
      prefetch={false}
      title={title}
      aria-label={title}
      className={`${className} hover:bg-hover`}
    >
      {bar}
    </Link>
  );
}

// Height tells the states apart without colour; unknown is an open dashed box, excluded is hatched.
const stateBars: Record<LampState, string> = {
  critical: "h-full bg-critical",
  warning: "h-2/3 bg-warning-fill",
  notice: "h-2/5 bg-notice",
  ok: "h-1 bg-line-strong/60",
  unknown: "h-full border border-dashed border-unknown",
  excluded: "h-full hatched text-line-strong",
};
