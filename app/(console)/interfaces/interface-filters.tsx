import { Field, Input } from "@/components/ui/field";
import { hrefOf } from "@/lib/core/href";
import { healthLevels } from "@/lib/core/interface/problem";
import type { InterfaceList } from "@/lib/services/interfaces/list-interfaces";
import { FilterForm } from "../filter-form";
import { FilterSelect, plainChoices } from "../filter-select";
import type { ListFilter, readListQuery } from "./list-query";

type InterfaceFiltersProps = {
  readonly filter: ListFilter;
  readonly sort: ReturnType<typeof readListQuery>["sort"];
  readonly choices: InterfaceList["choices"];
  readonly kept: Readonly<Record<string, string>>;
};

const levelTitles = {
  critical: "Critical",
  warning: "Warning",
  unknown: "Unknown",
  notice: "Notice",
  ok: "Normal",
  excluded: "Left out",
} as const;

export function InterfaceFilters({ filter, sort, choices, kept }: InterfaceFiltersProps) {
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <FilterForm
      action="/interfaces"
      kept={{ ...kept, ...sort }}
      clearHref={isFiltered ? hrefOf("/interfaces", kept, sort) : undefined}
    >
      <Field label="Find">
        {(ids) => (
          <Input
            {...ids}
            key={filter.text ?? ""}
            name="text"
            type="search"
            data-search=""
            defaultValue={filter.text ?? ""}
            placeholder="Name, sender, owner"
            className="w-72"
          />
        )}
      </Field>
      <FilterSelect
        label="State"
        name="level"
        value={filter.level}
        choices={healthLevels.map((level) => ({ value: level, label: levelTitles[level] }))}
      />
      <FilterSelect
        label="Class"
        name="messageClass"
        value={filter.messageClass}
        choices={plainChoices(choices.messageClass)}
      />
      <FilterSelect
        label="Department"
        name="department"
        value={filter.department}
        choices={plainChoices(choices.department)}
      />
      <FilterSelect
        label="Source"
        name="source"
        value={filter.source}
        choices={plainChoices(choices.source)}
      />
    </FilterForm>
  );
}
