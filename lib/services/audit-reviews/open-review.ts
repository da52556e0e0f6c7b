import { randomUUID } from "node:crypto";
import { accessLines } from "@/lib/core/audit/access-rules";
import { activityLines } from "@/lib/core/audit/activity-rules";
import { reviewPeriods } from "@/lib/core/audit/review-period";
import { openReviewSchema } from "@/lib/core/audit/schema";
import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import type { TimeRange } from "@/lib/core/time/range";
import { readWeekFacts } from "@/lib/db/audit-activity";
import { insertReview, type NewReview } from "@/lib/db/audit-reviews";
import { readHeldAccess } from "@/lib/db/held-access";
import { command } from "@/lib/services/command";

/**
 * Opens the review of one week of the trail, or of the access that everybody has in a quarter, and writes down what is to
 * be judged as it is now. Input: { kind, from, zone }.
 * @throws AppError forbidden | bad_request | conflict when the time is reviewed already
 */
export const openReview = command({
  permission: "audit-review.write",
  input: openReviewSchema,
  run: async ({ tx, actor, input, now }): Promise<NewReview> => {
    const period = reviewPeriods({ ...input, now }).find(
      ({ from }) => from.getTime() === input.from.getTime(),
    );
    if (period === undefined || actor.kind !== "user") {
      throw new AppError("bad_request", "No period that can be reviewed begins then.");
    }
    const review = {
      ...period,
      ...(await contentOf({ ...input, period, now })),
      id: randomUUID(),
      kind: input.kind,
      zone: input.zone,
      openedBy: actorId(actor),
      openedAt: now,
    };
    if (await insertReview(tx, review)) return review;
    throw new AppError("conflict", "This time is reviewed already.");
  },
  audit: ({ result: { id, kind, from, to, lines } }) => ({
    action: "C",
    entityType: "audit-review",
    entityId: id,
    detail: { kind, from: from.toISOString(), to: to.toISOString(), lines: lines.length },
  }),
});

async function contentOf(ask: {
  readonly kind: NewReview["kind"];
  readonly zone: string;
  readonly period: TimeRange;
  readonly now: Date;
}): Promise<Pick<NewReview, "lines" | "covered">> {
  switch (ask.kind) {
    case "activity": {
      const facts = await readWeekFacts(ask.period, ask.zone);
      const { openings, people } = facts;
      const covered = {
        lines: facts.lines,
        people: people.length,
        openings: openings.length,
        openingsWithName: openings.filter(({ signs }) => signs !== undefined).length,
      };
      return { lines: activityLines(facts), covered };
    }
    case "access": {
      const held = await readHeldAccess(ask.now);
      return { lines: accessLines(held, ask.now), covered: { held: held.length } };
    }
  }
}
