import Link from "next/link";
import { formatRange } from "@/lib/core/time/format";
import { classNames } from "../ui/class-names";
import type { LampState } from "../ui/lamp";
import { type BucketHref, hrefForBucket } from "./bucket-href";
import { type StripCell, type StripRun, stripRuns } from "./strip-runs";

export type OutcomeStripProps = {
  /** Whose strip it is: "Orders, last 24 h". */
  readonly label: string;
  readonly cells: readonly StripCell[];
  readonly zone: string;
  /** Where an abnormal stretch leads: its messages. */
  readonly bucketHref?: BucketHref;
};

/** A day at a glance: calm hours are a thin grey line, abnormal ones stand up and take colour. Drawn on the server. */
export function OutcomeStrip({ label, cells, zone, bucketHref }: OutcomeStripProps) {
  return (
    <ol aria-label={label} className="flex h-6 w-full items-stretch gap-px">
      {stripRuns(cells).map((run) => (
        <li key={run.fromMs} className="min-w-0" style={{ flex: `${run.toMs - run.fromMs} 1 0` }}>
          <Run run={run} zone={zone} bucketHref={bucketHref} />
        </li>
      ))}
    </ol>
  );
}

function Run({ run, zone, bucketHref }: RunProps) {
  const bars = run.cells.map((cell) => (
    <span
      key={cell.fromMs}
      title={titleOf(cell, zone)}
      className="flex min-w-0 items-end"
      style={{ flex: `${cell.toMs - cell.fromMs} 1 0` }}
    >
      <span className={classNames("block w-full", stateBars[cell.state])} />
      <span className="sr-only">{titleOf(cell, zone)}</span>
    </span>
  ));
  const className = "flex h-6 gap-px";
  if (!run.isAbnormal || bucketHref === undefined) return <div className={className}>{bars}</div>;
  return (
    <Link
      href={hrefForBucket(bucketHref, run)}
      prefetch={false}
      className={`${className} outline-offset-2 hover:outline hover:outline-line-strong`}
    >
      {bars}
    </Link>
  );
}
type RunProps = {
  readonly run: StripRun;
  readonly zone: string;
  readonly bucketHref: BucketHref | undefined;
};

function titleOf(cell: StripCell, zone: string): string {
  const range = { from: new Date(cell.fromMs), to: new Date(cell.toMs) };
  return `${formatRange({ range, zone, now: range.to })}: ${cell.label}`;
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
