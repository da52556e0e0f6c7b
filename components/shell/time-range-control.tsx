"use client";
import { CalendarClock } from "lucide-react";
import { formatOffset, formatRange } from "@/lib/core/time/format";
import { presetTitles, type RangeQuery, resolveRange } from "@/lib/core/time/range";
import { buttonClass } from "../ui/button";
import { CornerPanel } from "../ui/dialog";
import { useShell } from "./shell-context";
import { TimeRangePanel } from "./time-range-panel";
import { useRangeQuery } from "./use-range-query";

/** The one control for time range, zone and comparison. Its state is the address; the zone's offset is shown here and nowhere else. */
export function TimeRangeControl() {
  const { query, ignored, setQuery } = useRangeQuery();
  const { overlay, setOverlay } = useShell();
  return (
    <CornerPanel
      title="Time range"
      description="Kept in the address: paste it to a colleague and they see the same."
      isOpen={overlay === "range"}
      onOpenChange={(isOpen) => setOverlay(isOpen ? "range" : "none")}
      trigger={
        <button type="button" className={buttonClass("secondary")} title={ignoredNote(ignored)}>
          <CalendarClock aria-hidden className="text-muted" />
          <span className="max-md:hidden">{rangeTitle(query)}</span>
          <span className="md:hidden">{shortTitle(query)}</span>
          <span className="font-normal text-muted max-md:hidden">
            {offsetOf(query)}
            {comparisonNote[query.compare]}
          </span>
          {ignored.length > 0 ? <span className="text-warning">!</span> : null}
        </button>
      }
    >
      <TimeRangePanel
        query={query}
        note={ignoredNote(ignored)}
        onChange={(next) => setQuery(next)}
        onDone={() => setOverlay("none")}
      />
    </CornerPanel>
  );
}

const comparisonNote: Record<RangeQuery["compare"], string> = {
  none: "",
  previous: " · vs previous",
  "last-week": " · vs last week",
};

function ignoredNote(ignored: readonly string[]): string | undefined {
  if (ignored.length === 0) return undefined;
  return `The address held a value for ${ignored.join(", ")} that cannot be read; the default is shown instead.`;
}

function rangeTitle({ selection, zone }: RangeQuery): string {
  switch (selection.kind) {
    case "preset":
      return presetTitles[selection.preset];
    case "absolute":
      return formatRange({ range: selection, zone });
  }
}

function shortTitle({ selection }: RangeQuery): string {
  return selection.kind === "preset" ? selection.preset.replace("-", " ") : "Exact";
}

function offsetOf(query: RangeQuery): string {
  return formatOffset({ at: resolveRange(query, new Date()).to, zone: query.zone });
}
