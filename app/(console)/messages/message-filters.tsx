import { outcomeTitles } from "@/components/message/outcome-word";
import { Field, Input } from "@/components/ui/field";
import { hrefOf } from "@/lib/core/href";
import { filterParams, type MessageFilter } from "@/lib/core/message/message-filter";
import { reasonAdvice } from "@/lib/core/message/next-step";
import { ackCodes, messageStates, outcomes } from "@/lib/core/message/outcome";
import { failureReasons } from "@/lib/core/message/reason";
import type { InterfaceName } from "@/lib/services/interfaces/list-interface-names";
import { FilterForm } from "../filter-form";
import { type Choice, FilterSelect, plainChoices } from "../filter-select";

type MessageFiltersProps = {
  readonly filter: MessageFilter;
  readonly interfaces: readonly InterfaceName[];
  readonly kept: Readonly<Record<string, string>>;
};

/** The explorer's filters; the rarer ones behind "More". */
export function MessageFilters({ filter, interfaces, kept }: MessageFiltersProps) {
  const isFiltered = Object.keys(filter).length > 0;
  const isRare = rareKeys.some((key) => filter[key] !== undefined);
  return (
    <FilterForm action="/messages" kept={kept} clearHref={isFiltered ? hrefOf("/messages", kept) : undefined}>
      <FilterSelect
        label="Interface"
        name={filterParams.interfaceId}
        value={filter.interfaceId?.toString()}
        choices={interfaces.map(({ interfaceId, name }) => ({ value: String(interfaceId), label: name }))}
      />
      <FilterSelect
        label="Leg"
        name={filterParams.legId}
        value={filter.legId?.toString()}
        choices={legChoices({ filter, interfaces })}
      />
      <FilterSelect
        label="Outcome"
        name={filterParams.outcome}
        value={filter.outcome}
        choices={outcomes.map((outcome) => ({ value: outcome, label: outcomeTitles[outcome] }))}
      />
      <Field label="Type begins with">
        {(ids) => (
          <Input
            {...ids}
            key={filter.type ?? ""}
            name={filterParams.type}
            defaultValue={filter.type ?? ""}
            placeholder="ORM"
            className="w-28"
            maxLength={64}
          />
        )}
      </Field>
      <FilterSelect
        label="Reason"
        name={filterParams.reason}
        value={filter.reason}
        choices={failureReasons.map((reason) => ({ value: reason, label: reasonAdvice[reason].title }))}
      />
      <details open={isRare}>
        <summary className="inline-flex h-control items-center px-1 text-muted hover:text-ink">
          More filters
        </summary>
        <div className="mt-2 flex flex-wrap items-end gap-2">
          <FilterSelect
            label="Direction"
            name={filterParams.direction}
            value={filter.direction}
            choices={directionChoices}
          />
          <FilterSelect
            label="State at the engine"
            name={filterParams.state}
            value={filter.state}
            choices={plainChoices(messageStates)}
          />
          <FilterSelect
            label="Acknowledgement"
            name={filterParams.ackCode}
            value={filter.ackCode}
            choices={plainChoices(ackCodes)}
          />
          <FilterSelect
            label="First attempt"
            name={filterParams.firstOutcome}
            value={filter.firstOutcome}
            choices={firstChoices}
          />
          <Milliseconds label="Latency from, ms" name={filterParams.minMs} value={filter.minMs} />
          <Milliseconds label="below, ms" name={filterParams.maxMs} value={filter.maxMs} />
        </div>
      </details>
    </FilterForm>
  );
}

const rareKeys = ["direction", "state", "ackCode", "firstOutcome", "minMs", "maxMs"] as const;
const firstChoices: readonly Choice[] = [{ value: "failed", label: "failed" }];
const directionChoices: readonly Choice[] = [
  { value: "source", label: "coming in" },
  { value: "destination", label: "going out" },
];

/** Legs of the chosen interface; without one, only the leg that is chosen. */
function legChoices({
  filter,
  interfaces,
}: Pick<MessageFiltersProps, "filter" | "interfaces">): readonly Choice[] {
  return interfaces.flatMap(({ interfaceId, name, legs }) =>
    legs
      .filter(({ legId }) => interfaceId === filter.interfaceId || legId === filter.legId)
      .map((leg) => ({
        value: String(leg.legId),
        label: interfaceId === filter.interfaceId ? leg.name : `${name} → ${leg.name}`,
      })),
  );
}

function Milliseconds({ label, name, value }: MillisecondsProps) {
  return (
    <Field label={label}>
      {(ids) => (
        <Input
          {...ids}
          key={value ?? ""}
          name={name}
          type="number"
          min={0}
          defaultValue={value ?? ""}
          className="w-32"
        />
      )}
    </Field>
  );
}
type MillisecondsProps = {
  readonly label: string;
  readonly name: string;
  readonly value: number | undefined;
};
