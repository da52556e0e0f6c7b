import { z } from "zod";
import { findConnector } from "@/lib/connectors/registry";
import { listSourceRows, listStreamHealth, type SourceRow, type StreamHealth } from "@/lib/db/sources";
import { query } from "@/lib/services/query";

export type SourceView = {
  readonly id: number;
  readonly kind: string;
  readonly kindTitle: string;
  readonly name: string;
  readonly isDemo: boolean;
  readonly isPaused: boolean;
  readonly streams: readonly StreamHealth[];
  /** Undefined until something was read. */
  readonly lastSuccessAt: Date | undefined;
  readonly backlog: number | undefined;
  readonly isCircuitOpen: boolean;
};

/** Every source with its health. Secrets and settings stay behind. @throws AppError forbidden */
export const listSources = query({
  permission: "source.read",
  input: z.object({}),
  run: async (): Promise<readonly SourceView[]> => {
    const [sources, streams] = await Promise.all([listSourceRows(), listStreamHealth()]);
    return sources.map((source) =>
      viewOf(
        source,
        streams.filter(({ sourceId }) => sourceId === source.id),
      ),
    );
  },
  disclosesPhi: false,
});

function viewOf(source: SourceRow, streams: readonly StreamHealth[]): SourceView {
  const successes = streams.flatMap(({ lastSuccessAt }) => lastSuccessAt ?? []);
  const backlogs = streams.flatMap(({ backlog }) => backlog ?? []);
  return {
    id: source.id,
    kind: source.kind,
    kindTitle: findConnector(source.kind)?.title ?? source.kind,
    name: source.name,
    isDemo: source.isDemo,
    isPaused: source.pausedAt !== undefined,
    streams,
    lastSuccessAt: successes.toSorted((a, b) => b.getTime() - a.getTime())[0],
    backlog: backlogs.length === 0 ? undefined : backlogs.reduce((sum, count) => sum + count, 0),
    isCircuitOpen: streams.some(({ circuit }) => circuit !== "closed"),
  };
}
