import { AppError } from "@/lib/core/errors";
import type { FhirType } from "@/lib/core/formats/fhir/schema";
import type { Page, PollIo, Stream } from "../connector";
import { notUnderstood, serverTroubleOf } from "../http/trouble";
import { openFhir } from "./client";
import { type FhirConfig, isChosen } from "./config";
import { advanced, cursorOf, cursorSchema, OVERLAP_MS, type Place, placeAt } from "./cursor";
import { readSearchset, type SearchPage, searchPath } from "./search";
import type { ResourcesPage } from "./wire";

/** What was written at a server of one type, each version once, in the order in which it was written. */
export function resourcesStream(type: FhirType, name: string): Stream<FhirConfig> {
  return {
    name,
    everyMs: 15_000,
    async *poll(config, io, rawCursor) {
      const nowMs = io.now().getTime();
      const known = cursorSchema.safeParse(rawCursor).data;
      const isDue = known === undefined || nowMs >= known.dueAtMs;
      if (!isChosen(type, config) || !isDue) {
        // The server is spared; that reading goes on is noted all the same.
        yield pageOf({ nowMs, resources: [], along: [] }, rawCursor);
        return;
      }
      const place = placeAt(known, { nowMs, daysBack: config.daysBack });
      yield* readOn({ type, config, io }, place);
    },
  };
}

type Reading = { readonly type: FhirType; readonly config: FhirConfig; readonly io: PollIo };

/** After so long a poll hands over what it has: the rest is read by the next. */
const POLL_MS = 10_000;
/** A server whose pages are gone as soon as it has named them is not read on and on. */
const MAX_TURNS = 5;
/** Of one page of the server as many are stored together: some give all they have at once. */
const A_BATCH = 500;

async function* readOn(reading: Reading, from: Place): AsyncIterable<Page> {
  const { config, io } = reading;
  const endAt = performance.now() + POLL_MS;
  const nowMs = io.now().getTime();
  const dueAtMs = nowMs + config.everySeconds * 1_000;
  const visited = new Set<string>();
  let place = from;
  let turns = 0;
  for (;;) {
    const read = await readPage(reading, place);
    if (read.kind === "elsewhere") {
      turns += 1;
      if (turns > MAX_TURNS) throw notUnderstood({ name: reading.type });
      place = read.place;
      continue;
    }
    if (read.kind === "wait") {
      const cursor = cursorOf(read.place, nowMs + read.waitMs);
      yield pageOf({ nowMs, resources: [], along: [] }, cursor);
      return;
    }
    visited.add(read.path);
    // A link that leads back to a page of this round, or on from an empty one, leads nowhere.
    const leadsOn =
      read.page.next !== undefined && read.page.found.length > 0 && !visited.has(read.page.next);
    const next = leadsOn ? read.page.next : undefined;
    const { fresh, place: after } = advanced(read.place, { ...read.page, next });
    place = after;
    const isEnd = next === undefined;
    const cursor = cursorOf(place, isEnd ? dueAtMs : 0);
    for (let at = 0; at === 0 || at < fresh.length; at += A_BATCH) {
      const resources = fresh.slice(at, at + A_BATCH);
      const isLast = at + A_BATCH >= fresh.length;
      const page = pageOf(
        { nowMs, resources, along: read.page.along },
        isLast ? cursor : cursorOf(read.place, 0),
      );
      yield isEnd ? page : { ...page, backlog: 1 };
    }
    if (isEnd || performance.now() > endAt) return;
  }
}

type Read =
  | { readonly kind: "page"; readonly page: SearchPage; readonly path: string; readonly place: Place }
  /** The page is gone, or too large: reading goes on at another. */
  | { readonly kind: "elsewhere"; readonly place: Place }
  | { readonly kind: "wait"; readonly place: Place; readonly waitMs: number };

async function readPage({ type, config, io }: Reading, place: Place): Promise<Read> {
  const path =
    place.next ?? searchPath(type, { config, fromMs: place.sinceMs - OVERLAP_MS, count: place.count });
  try {
    const { json } = await openFhir(config, io).get({ name: type, path });
    return { kind: "page", page: readSearchset(json, { type, config }), path, place };
  } catch (error) {
    const elsewhere = otherPlace(error, place);
    if (elsewhere !== undefined) return { kind: "elsewhere", place: elsewhere };
    if (serverTroubleOf(error) !== "throttled" || !(error instanceof AppError)) throw error;
    const asked = Number(error.info["retryAfterS"] ?? DEFAULT_WAIT_S);
    io.log("A FHIR server asks to be read less often.", { waitS: asked });
    return { kind: "wait", place, waitMs: Math.min(Math.max(asked, 1), MAX_WAIT_S) * 1_000 };
  }
}

const DEFAULT_WAIT_S = 60;
const MAX_WAIT_S = 3_600;

/** Pages live for minutes (HTTP 410 after that): then the search is made anew, once. Of what is too large less is asked for. */
function otherPlace(error: unknown, place: Place): Place | undefined {
  if (!(error instanceof AppError)) return undefined;
  const { status } = error.info;
  const isGone = status === 410 || status === 404;
  if (isGone && place.next !== undefined) return { ...place, next: undefined };
  const isTooLarge = serverTroubleOf(error) === "too_large" && place.count > 1;
  return isTooLarge ? { ...place, next: undefined, count: Math.ceil(place.count / 4) } : undefined;
}

function pageOf(
  of: { readonly nowMs: number; readonly resources: readonly unknown[]; readonly along: readonly unknown[] },
  cursor: unknown,
): Page {
  const { nowMs, resources, along } = of;
  const wire: ResourcesPage = {
    kind: "resources",
    readAtMs: nowMs,
    resources: [...resources],
    along: resources.length === 0 ? [] : [...along],
  };
  return { wire, cursor, backlog: 0 };
}
