import { z } from "zod";
import { groupBy } from "@/lib/core/group-by";
import { compareHealth } from "@/lib/core/interface/health";
import { overviewSentence, type SentencePart } from "@/lib/core/interface/overview-sentence";
import type { StretchState } from "@/lib/core/interface/strip-state";
import type { MessageFilter } from "@/lib/core/message/message-filter";
import { snapRange, type TimeRange } from "@/lib/core/time/range";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import { type InterfaceRecord, readInterfaces } from "@/lib/db/interfaces-read";
import { query } from "@/lib/services/query";
import { type InterfaceRow, interfaceRow } from "./interface-row";
import { readHealth } from "./read-health";
import { type OverTime, readOverTime } from "./read-over-time";
import type { UsualVolume } from "./read-usual-volume";

export type OverviewRow = InterfaceRow & {
  /** Messages a bucket, oldest first, whole buckets only; null where nothing is known. */
  readonly spark: readonly (number | null)[];
  /** What is usual in each bucket, from the same hours of earlier weeks. */
  readonly sparkUsual: UsualVolume | undefined;
};

/** The strip of one group of interfaces, a state a bucket. */
export type OverviewStrip = {
  readonly group: string;
  /** Which messages are its own; undefined for interfaces that have no class while others do. */
  readonly filter: MessageFilter | undefined;
  readonly interfaces: number;
  readonly states: readonly StretchState[];
};

export type Overview = {
  readonly sentence: readonly SentencePart[];
  /** Worst first. */
  readonly rows: readonly OverviewRow[];
  readonly buckets: readonly TimeRange[];
  readonly strips: readonly OverviewStrip[];
  readonly messages: number;
  readonly failed: number;
  readonly range: TimeRange;
};

/**
 * Did anything break? Health of every interface, worst first, with its figures against the previous period and the same
 * hours of earlier weeks. Some ten set-based questions in parallel, whatever the number of interfaces.
 * @throws AppError forbidden | bad_request
 */
export const readOverview = query({
  permission: "overview.read",
  input: z.object({ range: timeRangeSchema, zone: z.string().max(64) }),
  disclosesPhi: false,
  run: async ({ input, now, reach }): Promise<Overview> => {
    const range = snapRange(input.range);
    const interfaces = await readInterfaces(reach);
    const [reading, overTime] = await Promise.all([
      readHealth({ interfaces, range, now }),
      readOverTime({ interfaces, range, now }),
    ]);
    const rows = interfaces
      .flatMap((of) => {
        const row = interfaceRow({ of, reading, range, now });
        if (row === undefined) return [];
        return [{ ...row, spark: overTime.messagesOf(of), sparkUsual: overTime.usualOf(of) }];
      })
      .sort((a, b) => compareHealth(a.health, b.health));
    const messages = rows.reduce((sum, { figures }) => sum + (figures.messages ?? 0), 0);
    const failed = rows.reduce((sum, { figures }) => sum + (figures.failed ?? 0), 0);
    return {
      sentence: overviewSentence({
        healths: rows.map(({ health }) => health),
        messages,
        failed,
        range: input.range,
        now,
        zone: input.zone,
      }),
      rows,
      buckets: overTime.buckets,
      strips: stripsOf(interfaces, overTime),
      messages,
      failed,
      range,
    };
  },
});

/** Groups by message class; by source where nobody has set a class yet. */
function stripsOf(interfaces: readonly InterfaceRecord[], overTime: OverTime): readonly OverviewStrip[] {
  const isClassed = interfaces.some(({ messageClass }) => messageClass !== null);
  const groups = groupBy(interfaces, ({ messageClass, source }) =>
    isClassed ? (messageClass ?? "Other") : source,
  );
  return [...groups]
    .map(([group, members]) => ({
      group,
      filter: filterOf(members[0], isClassed),
      interfaces: members.length,
      states: overTime.statesOf(members),
    }))
    .sort((a, b) => a.group.localeCompare(b.group, "en"));
}

function filterOf(of: InterfaceRecord | undefined, isClassed: boolean): MessageFilter | undefined {
  if (of === undefined) return undefined;
  if (!isClassed) return { sourceId: of.sourceId };
  return of.messageClass === null ? undefined : { messageClass: of.messageClass };
}
