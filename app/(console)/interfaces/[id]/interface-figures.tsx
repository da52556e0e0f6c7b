import { formatPerHour } from "@/components/interface/per-hour";
import { durationTrend, rateTrend, volumeTrend } from "@/components/interface/trends";
import { Figure, FigureRow } from "@/components/ui/figure";
import { formatCount, formatRate } from "@/components/ui/format-number";
import type { UsualSpan } from "@/lib/core/interface/figures";
import { delayLimitMs, rateLimit } from "@/lib/core/interface/judge-leg";
import { formatDuration } from "@/lib/core/time/format";
import type { PanelInput } from "./page-links";
import { QueueFigure } from "./queue-figure";

/** The four figures: failure rate first, each with its usual range and its change. */
export function InterfaceFigures({ page }: PanelInput) {
  const { figures, previous, usual } = page.view.row;
  const against = "previous period";
  const rateHigh = usual.failureRate?.high ?? null;
  const delayHigh = usual.p95Ms?.high;
  const isRateUnusual =
    figures.failureRate !== null && (figures.failed ?? 0) > 2 && figures.failureRate > rateLimit(rateHigh);
  const isDelayUnusual =
    figures.p95Ms !== null && delayHigh !== undefined && figures.p95Ms > delayLimitMs(delayHigh);
  const rate = rateTrend({
    now: figures.failureRate,
    before: previous.failureRate,
    against,
    isUnusual: isRateUnusual,
  });
  const delay = durationTrend({
    now: figures.p95Ms,
    before: previous.p95Ms,
    against,
    isUnusual: isDelayUnusual,
  });
  const volume = volumeTrend({
    now: figures.perMinute,
    before: previous.perMinute,
    against,
    isUnusual: false,
  });
  return (
    <FigureRow>
      <Figure
        size="primary"
        label="Failure rate"
        value={formatRate(figures.failureRate)}
        context={`${formatCount(figures.failed)} failed · ${usualText(usual.failureRate, formatRate)}`}
        {...(rate ? { trend: rate } : {})}
        {...(isRateUnusual ? { lamp: "warning" } : {})}
      />
      <Figure
        label={figures.slowest ? `p95 to ${figures.slowest}` : "p95"}
        value={formatDuration(figures.p95Ms)}
        context={usualText(usual.p95Ms, formatDuration)}
        {...(delay ? { trend: delay } : {})}
        {...(isDelayUnusual ? { lamp: "warning" } : {})}
      />
      <Figure
        label="Messages an hour"
        value={formatPerHour(figures.perMinute)}
        context={`${formatCount(figures.messages)} in all · ${usualText(usual.perMinute, formatPerHour)}`}
        {...(volume ? { trend: volume } : {})}
      />
      <QueueFigure row={page.view.row} />
    </FigureRow>
  );
}

function usualText(span: UsualSpan | undefined, format: (value: number) => string): string {
  if (span === undefined) return "no earlier weeks to compare with";
  const [low, high] = [format(span.low), format(span.high)];
  return low === high ? `usually ${low}` : `usually ${low} – ${high}`;
}
