import { filterParams, type MessageFilter } from "@/lib/core/message/message-filter";
import { ackCodes, messageStates } from "@/lib/core/message/outcome";
import type { InterfaceName } from "@/lib/services/interfaces/list-interface-names";
import { FilterInput } from "../filter-input";
import { type Choice, FilterSelect, plainChoices } from "../filter-select";

type RareFiltersProps = { readonly filter: MessageFilter; readonly interfaces: readonly InterfaceName[] };

/** Filters that are seldom wanted, open where one is set. */
export function RareFilters({ filter, interfaces }: RareFiltersProps) {
  return (
    <details open={rareKeys.some((key) => filter[key] !== undefined)}>
      <summary className="inline-flex h-control items-center px-1 text-muted hover:text-ink">
        More filters
      </summary>
      <div className="mt-2 flex flex-wrap items-end gap-2">
        <FilterSelect
          label="Class"
          name={filterParams.messageClass}
          value={filter.messageClass}
          choices={plainChoices(distinct(interfaces.flatMap(({ messageClass }) => messageClass ?? [])))}
        />
        <FilterSelect
          label="Source"
          name={filterParams.sourceId}
          value={filter.sourceId?.toString()}
          choices={sourceChoices(interfaces)}
        />
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
        <FilterInput isNumber label="Latency from, ms" name={filterParams.minMs} value={filter.minMs} />
        <FilterInput isNumber label="below, ms" name={filterParams.maxMs} value={filter.maxMs} />
      </div>
    </details>
  );
}

const rareKeys = [
  "messageClass",
  "sourceId",
  "direction",
  "state",
  "ackCode",
  "firstOutcome",
  "minMs",
  "maxMs",
] as const satisfies readonly (keyof MessageFilter)[];
const firstChoices: readonly Choice[] = [{ value: "failed", label: "failed" }];
const directionChoices: readonly Choice[] = [
  { value: "source", label: "coming in" },
  { value: "destination", label: "going out" },
];

function sourceChoices(interfaces: readonly InterfaceName[]): readonly Choice[] {
  const names = new Map(interfaces.map(({ sourceId, source }) => [String(sourceId), source]));
  return [...names].map(([value, label]) => ({ value, label }));
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort((a, b) => a.localeCompare(b, "en"));
}
