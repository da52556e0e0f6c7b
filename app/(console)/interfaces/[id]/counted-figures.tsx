import { Figure, FigureRow } from "@/components/ui/figure";
import { formatCompact, formatCount, formatRate } from "@/components/ui/format-number";
import { countedSums } from "./chart-figures";
import type { PanelInput } from "./page-links";
import { QueueFigure } from "./queue-figure";

/** The figures of an interface of which no message could be read, from the engine's counters and labelled so. */
export function CountedFigures({ page }: PanelInput) {
  const { received, sent, errors, knownMs } = countedSums(page);
  const ended = sent === null || errors === null ? 0 : sent + errors;
  return (
    <FigureRow>
      <Figure
        size="primary"
        label="Errors, counted"
        value={formatCount(errors)}
        context={
          ended === 0 || errors === null
            ? "by the engine's counters, none read yet"
            : `${formatRate(errors / ended)} of what was sent or failed, by the engine's counters`
        }
      />
      <Figure label="p95" value="—" context="the engine keeps no messages to time" />
      <Figure
        label="Received an hour, counted"
        value={received === null || knownMs === 0 ? "—" : formatCompact(received / (knownMs / 3_600_000))}
        context={
          received === null
            ? "by the engine's counter"
            : `${formatCount(received)} in all, by the engine's counter`
        }
      />
      <QueueFigure row={page.view.row} />
    </FigureRow>
  );
}
