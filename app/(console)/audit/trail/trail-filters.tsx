import { auditActionTitles } from "@/components/audit/audit-outcome";
import { leafOutcomeTitles } from "@/components/audit/leaf-outcome";
import { leafOutcomes, type TrailFilter, type TrailSort } from "@/lib/core/audit/trail-filter";
import { hrefOf } from "@/lib/core/href";
import { auditActions } from "@/lib/core/message/schema";
import { FilterForm } from "../../filter-form";
import { FilterInput } from "../../filter-input";
import { FilterSelect } from "../../filter-select";

type TrailFiltersProps = {
  readonly filter: TrailFilter;
  readonly sort: TrailSort;
  readonly kept: Readonly<Record<string, string>>;
};

/** Person, action, object and outcome; the time stands in the top bar. */
export function TrailFilters({ filter, sort, kept }: TrailFiltersProps) {
  const order = { sort: sort.key, direction: sort.direction };
  return (
    <FilterForm
      action="/audit/trail"
      kept={{ ...kept, ...order }}
      clearHref={Object.keys(filter).length > 0 ? hrefOf("/audit/trail", kept, order) : undefined}
    >
      <FilterInput label="Person or system" name="person" value={filter.person} isSearch />
      <FilterSelect
        label="Action"
        name="action"
        value={filter.action}
        choices={auditActions.map((action) => ({ value: action, label: auditActionTitles[action] }))}
      />
      <FilterInput label="Object" name="entity" value={filter.entity} />
      <FilterSelect
        label="Outcome"
        name="outcome"
        value={filter.outcome}
        choices={leafOutcomes.map((outcome) => ({ value: outcome, label: leafOutcomeTitles[outcome] }))}
      />
    </FilterForm>
  );
}
