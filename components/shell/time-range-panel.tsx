"use client";
import { useId, useState } from "react";
import { formatOffset } from "@/lib/core/time/format";
import {
  comparisons,
  isAllowedRange,
  presetNames,
  presetTitles,
  type RangeQuery,
  resolveRange,
} from "@/lib/core/time/range";
import { parseWallText, printWallText } from "@/lib/core/time/wall-text";
import { Button } from "../ui/button";
import { classNames } from "../ui/class-names";
import { Field, Input } from "../ui/field";
import { SegmentedControl } from "../ui/segmented-control";
import { ZoneSelect } from "./zone-select";

export type TimeRangePanelProps = {
  readonly query: RangeQuery;
  /** What in the address could not be read. */
  readonly note: string | undefined;
  readonly onChange: (query: RangeQuery) => void;
  /** Called after a choice that completes the task. */
  readonly onDone: () => void;
};

/** Presets, exact times, comparison and zone. Presets apply at once, exact times on "Apply". */
export function TimeRangePanel({ query, note, onChange, onDone }: TimeRangePanelProps) {
  const choose = (selection: RangeQuery["selection"]) => {
    onChange({ ...query, selection });
    onDone();
  };
  return (
    <div className="flex flex-col gap-4">
      {note ? <p className="text-12 text-warning">{note}</p> : null}
      <PresetList query={query} onChoose={(preset) => choose({ kind: "preset", preset })} />
      <ExactTimes
        key={query.zone}
        query={query}
        onChoose={({ from, to }) => choose({ kind: "absolute", from, to })}
      />
      <div>
        <p className="mb-1 font-medium">Compare with</p>
        <SegmentedControl
          legend="Compare with"
          name="compare"
          value={query.compare}
          segments={comparisons.map((value) => ({ value, label: comparisonTitles[value] }))}
          onChange={(compare) => onChange({ ...query, compare })}
        />
      </div>
      <ZoneSelect value={query.zone} onChange={(zone) => onChange({ ...query, zone })} />
    </div>
  );
}

const comparisonTitles: Record<RangeQuery["compare"], string> = {
  none: "Nothing",
  previous: "Previous period",
  "last-week": "Last week",
};

type PresetListProps = {
  readonly query: RangeQuery;
  readonly onChoose: (preset: (typeof presetNames)[number]) => void;
};
function PresetList({ query: { selection }, onChoose }: PresetListProps) {
  const current = selection.kind === "preset" ? selection.preset : undefined;
  return (
    <ul aria-label="Presets" className="grid grid-cols-2 gap-1">
      {presetNames.map((preset) => (
        <li key={preset}>
          <button
            type="button"
            aria-pressed={preset === current}
            onClick={() => onChoose(preset)}
            className={classNames(
              "flex min-h-8 w-full items-center rounded-sm border px-2.5 text-left",
              preset === current ? "border-accent bg-accent-tint font-medium" : "border-line hover:bg-hover",
            )}
          >
            {presetTitles[preset]}
          </button>
        </li>
      ))}
    </ul>
  );
}

function ExactTimes({ query, onChoose }: ExactTimesProps) {
  const { zone } = query;
  const [initial] = useState(() => resolveRange(query, new Date()));
  const [from, setFrom] = useState(() => printWallText({ at: initial.from, zone }));
  const [to, setTo] = useState(() => printWallText({ at: initial.to, zone }));
  const [error, setError] = useState<string>();
  const errorId = useId();
  const apply = () => {
    const range = { from: parseWallText({ text: from, zone }), to: parseWallText({ text: to, zone }) };
    if (!range.from || !range.to) return setError("Enter both times.");
    const exact = { from: range.from, to: range.to };
    if (!isAllowedRange(exact)) return setError("The end must come after the start, by at most seven years.");
    onChoose(exact);
  };
  return (
    <form
      aria-describedby={error ? errorId : undefined}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
      className="flex flex-col gap-2 border-t border-line pt-3"
    >
      <Field label={`From, ${formatOffset({ at: initial.from, zone })}`}>
        {(ids) => (
          <Input
            {...ids}
            type="datetime-local"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        )}
      </Field>
      <Field label={`To (not included), ${formatOffset({ at: initial.to, zone })}`}>
        {(ids) => (
          <Input {...ids} type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />
        )}
      </Field>
      {error ? (
        <p id={errorId} role="alert" className="text-12 text-critical">
          {error}
        </p>
      ) : null}
      <Button type="submit" look="primary" className="self-start">
        Apply exact times
      </Button>
    </form>
  );
}
type ExactTimesProps = {
  readonly query: RangeQuery;
  readonly onChoose: (range: { readonly from: Date; readonly to: Date }) => void;
};
