import { z } from "zod";
import type { PollIo, Stream } from "../connector";
import { getJson, openServer, optional, type ServerClient } from "../http/client";
import { notUnderstood } from "../http/trouble";
import { calls } from "./calls";
import type { OrthancConfig } from "./config";
import type { StudiesPage, StudySeen } from "./pages";
import { type Change, changesSchema } from "./wire";

const cursorSchema = z.object({
  /** Sequence number of the last change that was dealt with. */
  since: z.int().min(0),
  /** Studies whose first instance was seen and that are not stable yet, with the instant. */
  arriving: z.record(z.string(), z.string()),
});
type ChangeCursor = z.infer<typeof cursorSchema>;

/** Follows Orthanc's log of changes. A study is read once no instance has come for the time that Orthanc waits. */
export const changesStream: Stream<OrthancConfig> = {
  name: "changes",
  everyMs: 15_000,
  async *poll(config, io, rawCursor) {
    const server = openServer(config, io);
    const last = await readLast(server);
    let cursor = cursorOf(rawCursor, { last, config });
    const endAt = performance.now() + POLL_MS;
    do {
      const read = await readPage(server, { cursor, io });
      cursor = read.cursor;
      yield { wire: read.page, cursor, backlog: Math.max(0, read.last - cursor.since) };
      if (read.isDone) return;
    } while (performance.now() < endAt);
  },
};

const POLL_MS = 10_000;
const CHANGES_A_PAGE = 200;
/** A study whose transfer broke off may never become stable in our sight: the oldest are forgotten. */
const MAX_ARRIVING = 1_000;

/** A last number below what was read: the server has a new database, so its log is read anew. */
function cursorOf(raw: unknown, at: { readonly last: number; readonly config: OrthancConfig }): ChangeCursor {
  const known = cursorSchema.safeParse(raw);
  if (known.success && known.data.since <= at.last) return known.data;
  return { since: Math.max(0, at.last - at.config.backfillChanges), arriving: {} };
}

async function readLast(server: ServerClient): Promise<number> {
  const { json } = await getJson(server, calls.lastChange());
  const parsed = changesSchema.safeParse(json);
  if (!parsed.success) throw notUnderstood({ name: "lastChange" });
  return parsed.data.Last;
}

type PageRead = {
  readonly page: StudiesPage;
  readonly cursor: ChangeCursor;
  readonly last: number;
  readonly isDone: boolean;
};

async function readPage(
  server: ServerClient,
  from: { readonly cursor: ChangeCursor; readonly io: PollIo },
): Promise<PageRead> {
  const { cursor } = from;
  const { json } = await getJson(server, calls.changes({ since: cursor.since, limit: CHANGES_A_PAGE }));
  const parsed = changesSchema.safeParse(json);
  if (!parsed.success) throw notUnderstood({ name: "changes" });
  const { Changes, Done, Last } = parsed.data;
  const { stable, arriving } = sortChanges(Changes, cursor.arriving);
  const studies: StudySeen[] = [];
  for (const { change, firstSeenAt } of stable) {
    const study = await readStudy(server, change.ID);
    // Deleted since: there is nothing to say about it.
    if (study !== undefined) {
      studies.push({ stableAt: change.Date, ...(firstSeenAt && { firstSeenAt }), ...study });
    }
  }
  const since = Math.max(Last, ...Changes.map(({ Seq }) => Seq), cursor.since);
  return { page: { kind: "studies", studies }, cursor: { since, arriving }, last: Last, isDone: Done };
}

/** The studies that became stable, each once by its last change, and those that still arrive. */
export function sortChanges(
  changes: readonly Change[],
  known: Readonly<Record<string, string>>,
): {
  readonly stable: readonly { readonly change: Change; readonly firstSeenAt: string | undefined }[];
  readonly arriving: Record<string, string>;
} {
  const arriving = new Map(Object.entries(known));
  const stable = new Map<string, { readonly change: Change; readonly firstSeenAt: string | undefined }>();
  for (const change of changes) {
    if (change.ChangeType === "NewStudy") arriving.set(change.ID, change.Date);
    if (change.ChangeType !== "StableStudy") continue;
    const firstSeenAt = arriving.get(change.ID) ?? stable.get(change.ID)?.firstSeenAt;
    stable.set(change.ID, { change, firstSeenAt });
    arriving.delete(change.ID);
  }
  return {
    stable: [...stable.values()],
    arriving: Object.fromEntries([...arriving].slice(-MAX_ARRIVING)),
  };
}

async function readStudy(
  server: ServerClient,
  id: string,
): Promise<Pick<StudySeen, "study" | "statistics" | "series"> | undefined> {
  const study = await optional(getJson(server, calls.study(id)));
  if (study === undefined) return undefined;
  const statistics = await optional(getJson(server, calls.studyStatistics(id)));
  const series = await optional(getJson(server, calls.studySeries(id)));
  if (statistics === undefined || series === undefined) return undefined;
  return { study: study.json, statistics: statistics.json, series: series.json };
}
