import type { Reach } from "@/lib/core/authz/policy";
import { arrayLiteral, textElement } from "./array-literal";

/**
 * SQL over an interface `i`: whether it belongs to what a person may see. `parameter` ("$3") takes `reachValue`. An
 * interface without a department is seen only by whoever sees all.
 */
export function isWithinReach(parameter: string): string {
  return `(${parameter}::text[] IS NULL OR i.department = ANY(${parameter}::text[]))`;
}

/** The same over the leg id in `column`. */
export function isLegWithinReach(column: string, parameter: string): string {
  return `(${parameter}::text[] IS NULL OR ${column} IN (
    SELECT own.id FROM public.leg own JOIN public.interface i ON i.id = own.interface_id
    WHERE i.department = ANY(${parameter}::text[])))`;
}

/**
 * The same over the source id in `column`, for what belongs to no interface: a source is within reach when all of its
 * interfaces are, and there is one.
 */
export function isSourceWithinReach(column: string, parameter: string): string {
  return `(${parameter}::text[] IS NULL OR coalesce((
    SELECT bool_and(i.department IS NOT NULL AND i.department = ANY(${parameter}::text[]))
    FROM public.interface i WHERE i.source_id = ${column} AND i.removed_at IS NULL), false))`;
}

/** The value of such a parameter; null = everything. */
export function reachValue(reach: Reach): string | null {
  return reach === "all" ? null : arrayLiteral(reach, textElement);
}

/** The same as a condition of Prisma's on interfaces. */
export function departmentWithin(reach: Reach): { readonly department?: { readonly in: string[] } } {
  return reach === "all" ? {} : { department: { in: [...reach] } };
}
