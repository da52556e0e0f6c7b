/** Evenly spaced values, oldest first; `null` where nothing was measured: drawn as a gap, never as zero. */
type SparkValues = readonly (number | null)[];

export type SparklineProps = {
  readonly values: SparkValues;
  /** What it shows, for those who cannot see it: "failures per hour, last 24 h, highest 12". */
  readonly label: string;
  /** The usual range of each value, drawn as a band; `null` where nothing is usual. */
  readonly usual?: { readonly low: SparkValues; readonly high: SparkValues };
  readonly width?: number;
  readonly height?: number;
  readonly className?: string;
};

/** A word-sized line from zero. Inline SVG drawn on the server, no script. */
export function Sparkline({ values, label, usual, width = 96, height = 22, className }: SparklineProps) {
  const top = Math.max(
    1e-9,
    ...(usual?.high ?? []).map((value) => value ?? 0),
    ...values.map((value) => value ?? 0),
  );
  const x = (i: number) => round(values.length < 2 ? width / 2 : 1 + (i / (values.length - 1)) * (width - 2));
  const y = (value: number) => round(height - 1.5 - (value / top) * (height - 3));
  const last = values.length - 1;
  const lastValue = values[last] ?? null;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className={className ?? "text-muted"}
    >
      <title>{label}</title>
      {usual ? <path d={bandPath(usual, { x, y })} fill="var(--line-strong)" opacity={0.35} /> : null}
      <path
        d={linePath(values, { x, y })}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.25}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {lastValue === null ? null : <circle cx={x(last)} cy={y(lastValue)} r={1.75} fill="currentColor" />}
    </svg>
  );
}

type Scales = { readonly x: (index: number) => number; readonly y: (value: number) => number };

/** One "M … L …" run per unbroken stretch; a lone value between gaps becomes a dot (a zero-length line with round caps). */
function linePath(values: readonly (number | null)[], { x, y }: Scales): string {
  return values
    .map((value, i) => {
      if (value === null) return "";
      const isStart = (values[i - 1] ?? null) === null;
      const isAlone = isStart && (values[i + 1] ?? null) === null;
      return `${isStart ? "M" : "L"}${x(i)} ${y(value)}${isAlone ? "h0" : ""}`;
    })
    .join("");
}

/** A closed strip a step between neighbours that both have a usual range. */
function bandPath({ low, high }: NonNullable<SparklineProps["usual"]>, { x, y }: Scales): string {
  return high
    .map((top, i) => {
      const [bottom, nextTop, nextBottom] = [low[i] ?? null, high[i + 1] ?? null, low[i + 1] ?? null];
      if (top === null || bottom === null || nextTop === null || nextBottom === null) return "";
      return `M${x(i)} ${y(top)}L${x(i + 1)} ${y(nextTop)}V${y(nextBottom)}L${x(i)} ${y(bottom)}Z`;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
