import { z } from "zod";
import { findConnector } from "@/lib/connectors/registry";
import { type ReadingState, readingState } from "@/lib/core/source/health";
import { readSourceActivity, type SourceActivity } from "@/lib/db/source-activity";
import { listSourceRows, listStreamHealth, type SourceRow, type StreamHealth } from "@/lib/db/sources";
import { query } from "@/lib/services/query";
import { isKept, streamsOf } from "./stream-view";

export type SourceView = {
  readonly id: number;
  readonly kind: string;
  readonly kindTitle: string;
  readonly name: string;
  readonly isDemo: boolean;
  readonly state: ReadingState;
  /** When something was last read or, from a source that sends by itself, last came in; undefined = never. */
  readonly lastSuccessAt: Date | undefined;
  /** Items that the source holds and that have not been read; undefined where it does not tell. */
  readonly backlog: number | undefined;
  /** Everything from here on was read; undefined while that is not known. */
  readonly completeBackTo: Date | undefined;
  readonly openDeadLetters: number;
  /** Read by Signalbox, or listened for on a port of its own; otherwise it sends to the ingest address by itself. */
  readonly isPolled: boolean;
};

/** Every source with its health. Secrets and settings stay behind. @throws AppError forbidden */
export const listSources = query({
  permission: "source.read",
  input: z.object({}),
  run: async ({ now }): Promise<readonly SourceView[]> => {
    const [sources, streams, activity] = await Promise.all([
      listSourceRows(),
      listStreamHealth(),
      readSourceActivity(),
    ]);
    return sources.map((source) => viewOf({ source, streams, activity: activity.get(source.id), now }));
  },
  disclosesPhi: false,
});

function viewOf(of: {
  readonly source: SourceRow;
  readonly streams: readonly StreamHealth[];
  readonly activity: SourceActivity | undefined;
  readonly now: Date;
}): SourceView {
  const { source, activity, now } = of;
  const connector = findConnector(source.kind);
  const streams = streamsOf({ connector, source, streams: of.streams, now });
  const successes = [activity?.lastPushAt, ...streams.map((stream) => stream.lastSuccessAt)];
  const backlogs = streams.flatMap(({ backlog }) => backlog ?? []);
  const isPolled = isKept(connector);
  return {
    id: source.id,
    kind: source.kind,
    kindTitle: connector?.title ?? source.kind,
    name: source.name,
    isDemo: source.isDemo,
    state: readingState({ isPaused: source.pausedAt !== undefined, isPolled, streams, now }),
    lastSuccessAt: successes.flatMap((at) => at ?? []).toSorted((a, b) => b.getTime() - a.getTime())[0],
    backlog: backlogs.length === 0 ? undefined : backlogs.reduce((sum, count) => sum + count, 0),
    completeBackTo: streams.flatMap(({ completeBackTo }) => completeBackTo ?? [])[0],
    openDeadLetters: activity?.openDeadLetters ?? 0,
    isPolled,
  };
}
