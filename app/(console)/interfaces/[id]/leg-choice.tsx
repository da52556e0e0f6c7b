import { SegmentedLinks } from "@/components/ui/segmented-control";
import { hrefOf } from "@/lib/core/href";
import type { PanelInput } from "./page-links";

/** Which legs the charts below are about. */
export function LegChoice({ page, time }: PanelInput) {
  const { record, legs } = page.view;
  if (legs.length < 2) return null;
  const href = (leg?: number) => hrefOf(`/interfaces/${record.interfaceId}`, time.params, { leg });
  return (
    <div className="-mb-3">
      <SegmentedLinks
        label="Legs in the charts"
        current={page.scope.one ? String(page.scope.one.leg.legId) : "all"}
        segments={[
          { value: "all", label: "All destinations", href: href() },
          ...legs.map(({ leg }) => ({
            value: String(leg.legId),
            label: leg.direction === "source" ? `${leg.name} (in)` : leg.name,
            href: href(leg.legId),
          })),
        ]}
      />
    </div>
  );
}
