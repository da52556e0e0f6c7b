import { z } from "zod";
import { isAllowedRange, parseInstant } from "./range";

/** A range as an input of services and of the API: two ISO 8601 instants with offset (or Dates), in order, at most seven years. */
export const timeRangeSchema = z
  .object({ from: instantSchema(), to: instantSchema() })
  .readonly()
  .refine(isAllowedRange, {
    error: "The end must come after the start, by at most seven years.",
    path: ["to"],
  });

/** An instant from outside: ISO 8601 with offset, or a Date. */
export function instantSchema() {
  return z.union([z.date(), z.string()]).transform((value, context) => {
    const instant = typeof value === "string" ? parseInstant(value) : value;
    if (instant) return instant;
    context.addIssue({ code: "custom", message: "Expected an ISO 8601 time with offset." });
    return z.NEVER;
  });
}
