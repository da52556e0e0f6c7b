import { z } from "zod";
import type { StalledCursor, StalledFilter } from "@/lib/core/journey/stalled";
import { journeyLegs } from "@/lib/core/journey/steps";
import {
  countStalled,
  type ExamLine,
  isAnyExamKnown,
  readStalled,
  type StalledCount,
} from "@/lib/db/exam-read";
import { query } from "@/lib/services/query";

export type StalledPage = {
  readonly rows: readonly ExamLine[];
  readonly previous: StalledCursor | undefined;
  readonly next: StalledCursor | undefined;
  /** Of all that are stalled, whatever the filter. */
  readonly counts: readonly StalledCount[];
  readonly isAnyKnown: boolean;
};

const PAGE_SIZE = 50;
const text = z.string().min(1).max(256);

/** Exams that wait longer than they may, longest overdue first. @throws AppError forbidden | bad_request */
export const listStalled = query({
  permission: "exam.read",
  input: z.object({
    leg: z.enum(journeyLegs).optional(),
    department: text.optional(),
    modality: text.optional(),
    cursor: z.object({ direction: z.enum(["previous", "next"]), dueAt: z.date(), id: z.uuid() }).optional(),
  }),
  disclosesPhi: false,
  run: async ({ input: { cursor, ...wanted }, now, reach }): Promise<StalledPage> => {
    const filter = given(wanted);
    const [found, counts, isAnyKnown] = await Promise.all([
      readStalled({ now, filter, cursor, limit: PAGE_SIZE + 1, reach }),
      countStalled({ now, reach }),
      isAnyExamKnown(reach),
    ]);
    return { ...pageOf(found, cursor), counts, isAnyKnown };
  },
});

/** zod writes absent keys as undefined; the filter has no such keys. */
function given(
  filter: { readonly [Key in keyof StalledFilter]: StalledFilter[Key] | undefined },
): StalledFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

function pageOf(
  found: readonly ExamLine[],
  cursor: StalledCursor | undefined,
): Pick<StalledPage, "rows" | "previous" | "next"> {
  const isBack = cursor?.direction === "previous";
  const hasMore = found.length > PAGE_SIZE;
  const rows = isBack ? found.slice(-PAGE_SIZE) : found.slice(0, PAGE_SIZE);
  const place = (row: ExamLine | undefined, direction: StalledCursor["direction"]) =>
    row?.dueAt ? { direction, dueAt: row.dueAt, id: row.id } : undefined;
  const isPrevious = isBack ? hasMore : cursor !== undefined;
  const isNext = isBack || hasMore;
  return {
    rows,
    previous: isPrevious ? place(rows[0], "previous") : undefined,
    next: isNext ? place(rows.at(-1), "next") : undefined,
  };
}
