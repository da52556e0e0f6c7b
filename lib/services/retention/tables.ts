import type { RetentionKind } from "@/lib/core/retention/kinds";
import type { PartitionedTable } from "@/lib/db/partitions";

/** The partitioned tables that a kind of record lies in; none where it lies elsewhere. */
export function tablesOf(kind: RetentionKind): readonly PartitionedTable[] {
  return tables[kind];
}

const tables: Readonly<Record<RetentionKind, readonly PartitionedTable[]>> = {
  deliveries: ["delivery"],
  minutes: ["rollup_minute"],
  samples: ["leg_sample", "source_sample"],
  hours: ["rollup_hour"],
  externalAudit: ["external_audit_event"],
  days: [],
  deadLetters: [],
  clinicalFacts: [],
  disclosures: [],
  ownAudit: [],
};
