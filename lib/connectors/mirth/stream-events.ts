import { z } from "zod";
import type { PollIo, Stream } from "../connector";
import { calls } from "./calls";
import { type EngineClient, openEngine } from "./client";
import type { MirthConfig } from "./config";
import { optionalBody } from "./optional-body";
import { pause } from "./pace";
import { type EventsPage, ownPage } from "./pages";
import { parsedBody } from "./parsed-body";
import { eventElements, eventOf, userNamesOf } from "./read-events";
import { troubleOf } from "./sweep";
import { eventSchema } from "./wire";
import { childText, parseXml, type XmlElement } from "./xml";

const cursorSchema = z.object({
  /** Highest event id known. */
  top: z.int(),
  /** Ids not read yet, highest last; each is read from the top down. */
  unread: z.array(z.object({ from: z.int(), to: z.int() })),
  /** Events before this instant are not read. */
  depthMs: z.int(),
});
type EventCursor = z.infer<typeof cursorSchema>;

/**
 * The engine's audit log, newest first. Answers are newest first too and `limit` keeps the newest, so a range of ids is
 * read from its top down until fewer than the limit come. Reading events leaves no events.
 */
export const eventsStream: Stream<MirthConfig> = {
  name: "events",
  everyMs: 60_000,
  async *poll(config, io, rawCursor) {
    const engine = openEngine(config, io);
    let cursor = await noteTop(engine, cursorOf(rawCursor, { io, config }));
    if (cursor.unread.length === 0) {
      yield { wire: ownPage({ kind: "nothing" }), cursor, backlog: 0 };
      return;
    }
    const people = await readPeople(engine);
    const endAt = performance.now() + POLL_MS;
    while (cursor.unread.length > 0 && performance.now() < endAt) {
      const read = await readPage(engine, { cursor, io, people });
      cursor = read.cursor;
      yield { wire: read.page, cursor, backlog: backlogOf(cursor) };
      if (cursor.unread.length > 0) await pause(read.tookMs / 4, io.signal);
    }
  },
};

const POLL_MS = 10_000;
const EVENTS_A_PAGE = 100;

function cursorOf(raw: unknown, start: { readonly io: PollIo; readonly config: MirthConfig }): EventCursor {
  const parsed = cursorSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const depthMs = start.io.now().getTime() - start.config.backfillDays * 86_400_000;
  return { top: 0, unread: [], depthMs };
}

/** Takes over the highest id. Lower than before: the engine has a new database, so its log is read anew. */
async function noteTop(engine: EngineClient, cursor: EventCursor): Promise<EventCursor> {
  const { body = "" } = await engine.get(calls.maxEventId());
  const top = Number(body.trim());
  if (!Number.isSafeInteger(top) || top === cursor.top) return cursor;
  if (top < cursor.top) return { ...cursor, top, unread: top === 0 ? [] : [{ from: 1, to: top }] };
  return { ...cursor, top, unread: [...cursor.unread, { from: cursor.top + 1, to: top }] };
}

type People = Pick<EventsPage, "userNames" | "ownUserId">;

/** Names of accounts and the number of our own; without the right to list them, events keep bare numbers. */
async function readPeople(engine: EngineClient): Promise<People> {
  const own = await engine.get(calls.currentUser());
  const ownUserId = Number(own.body === undefined ? Number.NaN : childText(parseXml(own.body), "id"));
  const userNames = await readUserNames(engine);
  return { userNames, ...(Number.isSafeInteger(ownUserId) ? { ownUserId } : {}) };
}

async function readUserNames(engine: EngineClient): Promise<Record<string, string>> {
  const body = await optionalBody(engine, calls.users());
  return body === undefined ? {} : { ...userNamesOf(parseXml(body)) };
}

async function readPage(
  engine: EngineClient,
  ask: { readonly cursor: EventCursor; readonly io: PollIo; readonly people: People },
): Promise<{ readonly page: EventsPage; readonly cursor: EventCursor; readonly tookMs: number }> {
  const { cursor, io, people } = ask;
  const range = cursor.unread.at(-1) ?? { from: 1, to: 0 };
  const { body = "<list/>", tookMs } = await engine.get(calls.events({ ...range, limit: EVENTS_A_PAGE }));
  const page = ownPage<EventsPage>({ kind: "events", retainFromMs: cursor.depthMs, ...people, body });
  const elements = bodyElements(page);
  const events = (elements ?? []).flatMap((element) => {
    const parsed = eventSchema.safeParse(eventOf(element));
    return parsed.success ? [parsed.data] : [];
  });
  const lowest = Math.min(...events.map(({ id }) => id));
  const isEnd =
    elements !== undefined &&
    (elements.length < EVENTS_A_PAGE || events.some(({ atMs }) => atMs < cursor.depthMs));
  // Where nothing can be understood, the page becomes a dead letter and its ids are taken to be without gaps.
  const to = (Number.isFinite(lowest) ? lowest : range.to - EVENTS_A_PAGE + 1) - 1;
  const rest = isEnd || to < range.from ? [] : [{ from: range.from, to }];
  io.signal.throwIfAborted();
  return { page, cursor: { ...cursor, unread: [...cursor.unread.slice(0, -1), ...rest] }, tookMs };
}

/** Undefined where the body is no XML. */
function bodyElements(page: EventsPage): readonly XmlElement[] | undefined {
  try {
    return eventElements(parsedBody(page));
  } catch (error) {
    if (troubleOf(error) !== "not_xml") throw error;
    return undefined;
  }
}

function backlogOf({ unread }: EventCursor): number {
  return unread.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}
