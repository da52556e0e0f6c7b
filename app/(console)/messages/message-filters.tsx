import { outcomeTitles } from "@/components/message/outcome-word";
import { Field, Input } from "@/components/ui/field";
import { hrefOf } from "@/lib/core/href";
import { filterParams, type MessageFilter } from "@/lib/core/message/message-filter";
import { reasonAdvice } from "@/lib/core/message/next-step";
import { outcomes } from "@/lib/core/message/outcome";
import { failureReasons } from "@/lib/core/message/reason";
import type { InterfaceName } from "@/lib/services/interfaces/list-interface-names";
import { FilterForm } from "../filter-form";
import { type Choice, FilterSelect } from "../filter-select";
import { RareFilters } from "./rare-filters";

export type MessageFiltersProps = {
  readonly filter: MessageFilter;
  readonly interfaces: readonly InterfaceName[];
  readonly kept: Readonly<Record<string, string>>;
  /** The list they are for: all messages, or failures as they come. */
  readonly action: "/messages" | "/messages/tail";
};

/** The explorer's filters; the rarer ones behind "More". Failures as they come have fewer. */
export function MessageFilters({ filter, interfaces, kept, action }: MessageFiltersProps) {
  const isFiltered = Object.keys(filter).length > 0;
  const isTail = action === "/messages/tail";
  return (
    <FilterForm action={action} kept={kept} clearHref={isFiltered ? hrefOf(action, kept) : undefined}>
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
      {isTail ? null : (
        <FilterSelect
          label="Outcome"
          name={filterParams.outcome}
          value={filter.outcome}
          choices={outcomes.map((outcome) => ({ value: outcome, label: outcomeTitles[outcome] }))}
        />
      )}
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
      {isTail ? null : <RareFilters filter={filter} interfaces={interfaces} />}
    </FilterForm>
  );
}

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
