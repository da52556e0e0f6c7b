import { formatPerHour } from "@/components/interface/per-hour";
import { Figure, FigureRow } from "@/components/ui/figure";
import { formatCount, formatRate } from "@/components/ui/format-number";
import { formatMoment } from "@/lib/core/time/format";
import { countedSums } from "./chart-figures";
import type { PanelInput } from "./page-links";
import { QueueFigure } from "./queue-figure";

/** The figures of an interface of which no message could be read, from the engine's counters and labelled so. */
export function CountedFigures({ page, time: { zone, now } }: PanelInput) {
  const { received, sent, errors, knownFrom, knownMs } = countedSums(page);
  const ended = sent === null || errors === null ? 0 : sent + errors;
  const since = knownFrom ? `since ${formatMoment({ at: knownFrom, zone, now })}` : "none read yet";
  return (
    <FigureRow>
      <Figure
        size="primary"
        label="Errors, counted"
        value={formatCount(errors)}
        context={
          ended === 0 || errors === null
            ? `by the engine's counters, ${since}`
            : `${formatRate(errors / ended)} of what was sent or failed, ${since}`
        }
      />
      <Figure label="p95" value="—" context="there is no message to time" />
      <Figure
        label="Received an hour, counted"
        value={formatPerHour(received === null || knownMs === 0 ? null : received / (knownMs / 60_000))}
        context={received === null ? since : `${formatCount(received)} in all ${since}`}
      />
      <QueueFigure row={page.view.row} />
    </FigureRow>
  );
}
