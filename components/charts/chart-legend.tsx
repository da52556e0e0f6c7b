"use client";
import { classNames } from "../ui/class-names";
import type { ChartSeries } from "./chart-model";

export type LegendEntry = Pick<ChartSeries, "key" | "label" | "colour" | "dash" | "pattern">;
export type ChartLegendProps = {
  readonly entries: readonly LegendEntry[];
  readonly isLine: boolean;
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  /** "grey line: previous 24 h", "band: usual range". */
  readonly notes: readonly { readonly kind: "line" | "band"; readonly label: string }[];
};

/** Names beside their stroke or fill; a click takes a series out of the drawing and brings it back. */
export function ChartLegend({ entries, isLine, hidden, onToggle, notes }: ChartLegendProps) {
  return (
    <ul className="flex flex-wrap items-center text-12">
      {isLine ? null : <SeriesPatterns entries={entries} />}
      {entries.map((entry) => {
        const isShown = !hidden.has(entry.key);
        return (
          <li key={entry.key}>
            <button
              type="button"
              aria-pressed={isShown}
              onClick={() => onToggle(entry.key)}
              className={classNames(
                "inline-flex h-6 items-center gap-1.5 rounded-sm px-1.5 hover:bg-hover",
                !isShown && "text-muted line-through",
              )}
            >
              <Swatch entry={entry} isLine={isLine} />
              {entry.label}
            </button>
          </li>
        );
      })}
      {notes.map((note) => (
        <li key={note.label} className="inline-flex h-6 items-center gap-1.5 px-1.5 text-muted">
          <svg viewBox="0 0 18 10" aria-hidden="true" className="h-2.5 w-4.5">
            {note.kind === "band" ? (
              <rect width="18" height="10" fill="var(--line)" />
            ) : (
              <path d="M0 5h18" stroke="var(--line-strong)" strokeWidth="1" />
            )}
          </svg>
          {note.label}
        </li>
      ))}
    </ul>
  );
}

function Swatch({ entry, isLine }: { readonly entry: LegendEntry; readonly isLine: boolean }) {
  const colour = `var(--${entry.colour})`;
  return (
    <svg viewBox="0 0 18 10" aria-hidden="true" className="h-2.5 w-4.5">
      {isLine ? (
        <path d="M0 5h18" stroke={colour} strokeWidth="2" strokeDasharray={entry.dash} />
      ) : (
        <rect x="4" width="10" height="10" fill={seriesFill(entry)} stroke={colour} />
      )}
    </svg>
  );
}

/** Fill of a stacked series: its colour, or the pattern `SeriesPatterns` defines for it. */
export function seriesFill({ colour, pattern = "solid" }: Pick<ChartSeries, "colour" | "pattern">): string {
  return pattern === "solid" ? `var(--${colour})` : `url(#${pattern}-${colour})`;
}

/** Pattern definitions that `seriesFill` refers to: in the legend, which stays on screen in both views. */
function SeriesPatterns({ entries }: { readonly entries: readonly LegendEntry[] }) {
  return (
    <li aria-hidden className="absolute size-0">
      <svg aria-hidden="true" className="size-0">
        <defs>
          {entries.map(({ colour, pattern }) =>
            pattern === "hatched" || pattern === "dotted" ? (
              <pattern
                key={colour}
                id={`${pattern}-${colour}`}
                width="5"
                height="5"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                {pattern === "hatched" ? (
                  <rect width="2.5" height="5" fill={`var(--${colour})`} />
                ) : (
                  <circle cx="2" cy="2" r="1.4" fill={`var(--${colour})`} />
                )}
              </pattern>
            ) : null,
          )}
        </defs>
      </svg>
    </li>
  );
}
