"use client";
import Link from "next/link";
import { type ChartMarker, markerTitles } from "./chart-model";
import { type PlotArea, xOf } from "./plot-area";

export type PlotMarkersProps = {
  readonly markers: readonly ChartMarker[];
  readonly edges: readonly number[];
  readonly plot: PlotArea;
};

/** Changes, restarts and maintenance windows above the plot, each with a line or hatched span down into it. */
export function PlotMarkers({ markers, edges, plot }: PlotMarkersProps) {
  const [first, last] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  const visible = markers.filter(({ atMs, toMs }) => atMs < last && (toMs ?? atMs) >= first);
  return visible.map((marker) => {
    const left = xOf(Math.max(first, marker.atMs), { edges, plot });
    const right = xOf(Math.min(last, marker.toMs ?? marker.atMs), { edges, plot });
    return (
      <div key={`${marker.kind} ${marker.atMs} ${marker.label}`}>
        <div
          aria-hidden
          className={
            marker.kind === "maintenance"
              ? "pointer-events-none absolute hatched text-line-strong opacity-40"
              : "pointer-events-none absolute border-l border-dashed border-line-strong"
          }
          style={{ left, width: right - left, top: plot.top, height: plot.height }}
        />
        <MarkerHead marker={marker} left={(left + right) / 2} />
      </div>
    );
  });
}

function MarkerHead({ marker, left }: { readonly marker: ChartMarker; readonly left: number }) {
  const title = `${markerTitles[marker.kind]}: ${marker.label}`;
  const style = { left: left - 12 };
  const className = "absolute top-0 grid h-6 w-6 place-items-center text-muted hover:text-ink";
  if (!marker.href) {
    return (
      <span title={title} className={className} style={style}>
        <MarkerShape kind={marker.kind} />
        <span className="sr-only">{title}</span>
      </span>
    );
  }
  return (
    <Link
      href={marker.href}
      prefetch={false}
      title={title}
      aria-label={title}
      className={className}
      style={style}
    >
      <MarkerShape kind={marker.kind} />
    </Link>
  );
}

/** Diamond = change, ring arrow = restart, square = maintenance: shapes, not colours. */
function MarkerShape({ kind }: { readonly kind: ChartMarker["kind"] }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3">
      <g fill="none" stroke="currentColor" strokeWidth="1.5">
        {kind === "change" ? <path d="M6 1l5 5-5 5-5-5z" fill="currentColor" /> : null}
        {kind === "restart" ? <path d="M10 3.5A4.8 4.8 0 1 0 10.8 7M10.5 .8v3h-3" /> : null}
        {kind === "maintenance" ? <path d="M1.5 1.5h9v9h-9z M1.5 10.5l9-9" /> : null}
      </g>
    </svg>
  );
}
