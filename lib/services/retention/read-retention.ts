import { z } from "zod";
import {
  deletedAt,
  type RetentionKind,
  retentionEntity,
  retentionFacts,
  retentionKinds,
} from "@/lib/core/retention/kinds";
import { choosableKinds, daysKept } from "@/lib/core/retention/periods";
import { deletionDetailSchema } from "@/lib/core/retention/schema";
import { oldestClosedExam } from "@/lib/db/clinical-retention";
import {
  oldestAuditLine,
  oldestDay,
  oldestDisclosure,
  oldestFact,
  oldestSettledLetter,
  readLastDeletions,
} from "@/lib/db/retention";
import { readPeriods } from "@/lib/db/retention-periods";
import { query } from "@/lib/services/query";
import { tablesOf } from "./tables";

/** How one kind of record is kept. */
export type RetentionRow = {
  readonly kind: RetentionKind;
  /** How many days it is kept now; undefined = for ever. */
  readonly days: number | undefined;
  readonly oldest: Date | undefined;
  /** When the oldest is deleted; undefined when nothing is there, or nothing is ever deleted. */
  readonly nextDeletion: Date | undefined;
  /** Whether the oldest should be gone by now: on hold, or still to be counted. */
  readonly isKeptLonger: boolean;
  readonly last: LastDeletion | undefined;
};
export type LastDeletion = z.output<typeof deletionDetailSchema> & { readonly at: Date };

/** What is kept for how long, the oldest of each kind, and what the last deletion removed. @throws AppError forbidden */
export const readRetention = query({
  permission: "retention.read",
  input: z.object({}),
  run: async ({ now }): Promise<readonly RetentionRow[]> => {
    const [lasts, periods, ...oldest] = await Promise.all([
      lastDeletions(),
      readPeriods(),
      ...retentionKinds.map(oldestOf),
    ]);
    return retentionKinds.map((kind, i) => {
      const chosen = choosableKinds.find((one) => one === kind);
      const days = chosen === undefined ? retentionFacts[kind].days : daysKept(chosen, periods);
      return rowOf({ kind, days, oldest: oldest[i], now, last: lasts.get(kind) });
    });
  },
  disclosesPhi: false,
});

function rowOf(of: {
  readonly kind: RetentionKind;
  readonly days: number | undefined;
  readonly oldest: Date | undefined;
  readonly now: Date;
  readonly last: LastDeletion | undefined;
}): RetentionRow {
  const { kind, days, oldest, now, last } = of;
  const next = oldest && deletedAt(kind, oldest, days);
  // The job runs every hour: what is due has an hour to go.
  const isKeptLonger = next !== undefined && now.getTime() - next.getTime() > HOUR_MS;
  return { kind, days, oldest, nextDeletion: isKeptLonger ? undefined : next, isKeptLonger, last };
}

const HOUR_MS = 3_600_000;

async function lastDeletions(): Promise<ReadonlyMap<string, LastDeletion>> {
  const lines = await readLastDeletions(retentionEntity);
  return new Map(
    lines.flatMap(({ kind, at, detail }) => {
      const parsed = deletionDetailSchema.safeParse(detail);
      return parsed.success ? [[kind, { ...parsed.data, at }] as const] : [];
    }),
  );
}

async function oldestOf(kind: RetentionKind): Promise<Date | undefined> {
  switch (kind) {
    case "days":
      return oldestDay();
    case "deadLetters":
      return oldestSettledLetter();
    case "clinicalFacts":
      return oldestClosedExam();
    case "disclosures":
      return oldestDisclosure();
    case "ownAudit":
      return oldestAuditLine();
    case "deliveries":
    case "minutes":
    case "samples":
    case "hours":
    case "externalAudit": {
      const found = await Promise.all(tablesOf(kind).map(oldestFact));
      return found.flatMap((at) => at ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
    }
  }
}
