import { hrefOf } from "@/lib/core/href";
import type { StalledFilter } from "@/lib/core/journey/stalled";
import { journeyLegs, legFacts } from "@/lib/core/journey/steps";
import type { StalledPage } from "@/lib/services/journeys/list-stalled";
import { FilterForm } from "../filter-form";
import { type Choice, FilterSelect } from "../filter-select";

type StalledFiltersProps = {
  readonly filter: StalledFilter;
  readonly counts: StalledPage["counts"];
  readonly kept: Readonly<Record<string, string>>;
};

/** What is waited for, where, and of which modality, each with how many are stalled. */
export function StalledFilters({ filter, counts, kept }: StalledFiltersProps) {
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <FilterForm action="/journeys" kept={kept} clearHref={isFiltered ? hrefOf("/journeys", kept) : undefined}>
      <FilterSelect
        label="Leg"
        name="leg"
        value={filter.leg}
        choices={journeyLegs.map((leg) => ({
          value: leg,
          label: `${legFacts[leg].title} (${sumOf(counts.filter((row) => row.leg === leg))})`,
        }))}
      />
      <FilterSelect
        label="Department"
        name="department"
        value={filter.department}
        choices={choicesOf(counts, "department")}
      />
      <FilterSelect
        label="Modality"
        name="modality"
        value={filter.modality}
        choices={choicesOf(counts, "modality")}
      />
    </FilterForm>
  );
}

function choicesOf(counts: StalledPage["counts"], key: "department" | "modality"): readonly Choice[] {
  const values = [...new Set(counts.flatMap((row) => row[key] ?? []))].sort();
  return values.map((value) => ({
    value,
    label: `${value} (${sumOf(counts.filter((row) => row[key] === value))})`,
  }));
}

function sumOf(counts: StalledPage["counts"]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}
