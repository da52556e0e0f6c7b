import type { z } from "zod";
import { columnMappingSchema } from "@/lib/core/interface/column-mapping";
import { type Unknown, unknownIdentifiers } from "@/lib/core/message/identifier-coverage";
import type { InterfaceRecord } from "@/lib/db/interfaces-read";

/** Identifiers that an interface's messages do not carry. A feed that pushes sends what it has: of it nothing is said. */
export function unknownOf(of: InterfaceRecord): readonly Unknown[] {
  if (of.sourceKind === "push") return [];
  return unknownIdentifiers({ columns: of.columns, mapping: mappingOf(of) });
}

/** The mapping of columns as a person confirmed it; empty where nobody has. */
export function mappingOf(of: InterfaceRecord): z.output<typeof columnMappingSchema> {
  const parsed = columnMappingSchema.safeParse(of.columnMapping);
  return parsed.success ? parsed.data : {};
}
