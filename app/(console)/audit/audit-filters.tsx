import { auditActionTitles, auditOutcomeTitles } from "@/components/audit/audit-outcome";
import { Checkbox } from "@/components/ui/field";
import { type AuditFilter, printAuditFilter } from "@/lib/core/audit/external-event";
import { hrefOf } from "@/lib/core/href";
import { auditActions, auditOutcomes } from "@/lib/core/message/schema";
import { FilterForm } from "../filter-form";
import { FilterInput } from "../filter-input";
import { FilterSelect } from "../filter-select";

type AuditFiltersProps = {
  readonly filter: AuditFilter;
  readonly kept: Readonly<Record<string, string>>;
};

/** Person, event, action, object and outcome; the time stands in the top bar. */
export function AuditFilters({ filter, kept }: AuditFiltersProps) {
  const isFiltered = Object.keys(filter).length > 0;
  const printed = printAuditFilter(filter);
  return (
    <FilterForm
      action="/audit"
      kept={{ ...kept, source: printed["source"] }}
      clearHref={isFiltered ? hrefOf("/audit", kept) : undefined}
    >
      <FilterInput label="Person" name="person" value={filter.person} isSearch />
      <FilterInput label="Event" name="event" value={filter.event} />
      <FilterSelect
        label="Action"
        name="action"
        value={filter.action}
        choices={auditActions.map((action) => ({ value: action, label: auditActionTitles[action] }))}
      />
      <FilterInput label="Object" name="object" value={filter.object} />
      <FilterSelect
        label="Outcome"
        name="outcome"
        value={filter.outcome}
        choices={auditOutcomes.map((outcome) => ({ value: outcome, label: auditOutcomeTitles[outcome] }))}
      />
      <Checkbox
        key={filter.own ?? ""}
        name="own"
        value="shown"
        defaultChecked={filter.own === "shown"}
        label="Our own polling too"
      />
    </FilterForm>
  );
}
