import { formatDuration } from "@/lib/core/time/format";
import { formatCompact, formatCount, formatRate } from "../ui/format-number";

/** What the y axis measures. `messages` and `queued` are counts, `ms` a duration, `share` 0–1 shown in percent, `perMinute` a rate. */
export type ChartUnit = "messages" | "queued" | "ms" | "share" | "perMinute";

/** Names of colour tokens in globals.css. */
export type SeriesColour =
  | "outcome-ok"
  | "outcome-failed"
  | "outcome-filtered"
  | "outcome-pending"
  | "outcome-unknown"
  | "series-1"
  | "series-2"
  | "series-3"
  | "series-4"
  | "series-5"
  | "series-6"
  | "series-other";

/** One value a bucket; `null` = nothing measured, drawn as a gap and printed "—", never zero. */
export type BucketValues = readonly (number | null)[];

export type ChartSeries = {
  readonly key: string;
  readonly label: string;
  readonly colour: SeriesColour;
  readonly values: BucketValues;
  /** Tells series apart without colour: SVG dash pattern of a line. */
  readonly dash?: string;
  /** Tells stacked series apart without colour. */
  readonly pattern?: "solid" | "hatched" | "dotted";
  /** Appended to the bucket's address when this series is clicked: "outcome=failed". */
  readonly hrefQuery?: string;
};

/** Something that happened: a change, a restart, a maintenance window (`toMs`). Milliseconds since 1970. */
export type ChartMarker = {
  readonly atMs: number;
  readonly toMs?: number;
  readonly kind: "change" | "restart" | "maintenance";
  readonly label: string;
  readonly href?: string;
};

export const markerTitles: Record<ChartMarker["kind"], string> = {
  change: "Change",
  restart: "Restart",
  maintenance: "Maintenance",
};

/** A value for tooltip and table, with its unit where the heading does not carry it. */
export function formatValue(value: number | null, unit: ChartUnit): string {
  switch (unit) {
    case "messages":
    case "queued":
      return formatCount(value);
    case "ms":
      return formatDuration(value);
    case "share":
      return formatRate(value);
    case "perMinute":
      return value === null ? "—" : `${formatCompact(value)}/min`;
  }
}

/** A value for the axis: short, unit included unless `unitTitle` stands above it. */
export function formatTick(value: number, unit: ChartUnit): string {
  switch (unit) {
    case "messages":
    case "queued":
    case "perMinute":
      return formatCompact(value);
    case "ms":
      return value === 0 ? "0" : formatShortDuration(value);
    case "share":
      return `${formatCompact(value * 100)}\u00a0%`;
  }
}

export function unitTitle(unit: ChartUnit): string {
  switch (unit) {
    case "messages":
      return "messages";
    case "queued":
      return "queued";
    case "ms":
      return "latency";
    case "share":
      return "share";
    case "perMinute":
      return "messages per minute";
  }
}

/** "5 ms", "1.5 s", "2 min", "3 h": one unit only, for axes. */
export function formatShortDuration(ms: number): string {
  if (ms < 1000) return `${formatCompact(ms)} ms`;
  if (ms < 60_000) return `${formatCompact(ms / 1000)} s`;
  if (ms < 3_600_000) return `${formatCompact(ms / 60_000)} min`;
  return ms < 86_400_000 ? `${formatCompact(ms / 3_600_000)} h` : `${formatCompact(ms / 86_400_000)} d`;
}
