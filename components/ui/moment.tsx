import { formatAgo, formatMoment } from "@/lib/core/time/format";
import { printInstant } from "@/lib/core/time/range";

export type MomentProps = {
  readonly at: Date;
  /** The page's clock reading, the same for every moment on it. */
  readonly now: Date;
  readonly zone: string;
  /** "both" is the default: "02:14 · 5 h ago". */
  readonly show?: "both" | "absolute" | "relative";
  readonly withSeconds?: boolean;
};

/** A point in time: absolute with relative beside it, ISO 8601 (UTC) on hover. */
export function Moment({ at, now, zone, show = "both", withSeconds = false }: MomentProps) {
  const iso = printInstant(at);
  const absolute = formatMoment({ at, zone, now, withSeconds });
  const relative = formatAgo({ at, now });
  return (
    <time dateTime={iso} title={iso} className="whitespace-nowrap">
      {show === "relative" ? relative : absolute}
      {show === "both" ? <span className="text-muted"> · {relative}</span> : null}
    </time>
  );
}
