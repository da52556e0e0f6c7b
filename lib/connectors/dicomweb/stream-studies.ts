import { z } from "zod";
import { changedOnly } from "@/lib/core/formats/dicom/changed-only";
import { uidOf } from "@/lib/core/formats/dicom/dataset";
import { searchedDays } from "@/lib/core/formats/dicom/searched-days";
import { readDataset } from "@/lib/core/formats/dicom-json/read";
import type { PollIo, Stream } from "../connector";
import { openServer, type ServerClient } from "../http/client";
import { notJson, notUnderstood } from "../http/trouble";
import type { DicomwebConfig } from "./config";
import type { StudiesPage } from "./normalise";
import { STUDIES_A_PAGE, searchStudies } from "./search";

const cursorSchema = z.object({
  /** When the last whole search began. */
  searchedAtMs: z.int(),
  /** What it found, as `changedOnly` keeps it. */
  seen: z.record(z.string(), z.string()),
});

/** Searches the studies of the last days and hands on those that are new or have changed. */
export const studiesStream: Stream<DicomwebConfig> = {
  name: "studies",
  everyMs: 30_000,
  async *poll(config, io, rawCursor) {
    const known = cursorSchema.safeParse(rawCursor);
    const nowMs = io.now().getTime();
    const isDue = !known.success || nowMs - known.data.searchedAtMs >= config.everySeconds * 1000;
    if (!isDue) {
      // The archive is spared; that reading goes on is noted all the same.
      yield { wire: { kind: "studies", readAtMs: nowMs, datasets: [] }, cursor: rawCursor, backlog: 0 };
      return;
    }
    const found = await searchAll(openServer(config, io), { config, io });
    const { changed, seen } = changedOnly(found.studies, known.success ? known.data.seen : {});
    const cursor = { searchedAtMs: nowMs, seen };
    const head = { kind: "studies" as const, readAtMs: found.askedAtMs, responseMs: found.tookMs };
    // The cursor moves with the last page alone: a crash between repeats the search.
    for (let at = 0; at === 0 || at < changed.length; at += STUDIES_A_PAGE) {
      const isLast = at + STUDIES_A_PAGE >= changed.length;
      const page: StudiesPage = { ...head, datasets: changed.slice(at, at + STUDIES_A_PAGE) };
      yield { wire: page, cursor: isLast ? cursor : rawCursor, backlog: 0 };
    }
  },
};

/** Beyond this a search is not one for the last days: the window is to be made smaller. */
const MAX_STUDIES = 10_000;

type StudyFound = { readonly id: string; readonly content: unknown; readonly value: unknown };

async function searchAll(
  server: ServerClient,
  of: { readonly config: DicomwebConfig; readonly io: PollIo },
): Promise<{ readonly studies: readonly StudyFound[]; readonly askedAtMs: number; readonly tookMs: number }> {
  const { config, io } = of;
  const days = searchedDays({
    now: io.now(),
    zone: config.timeZone,
    daysBack: config.daysBack,
    daysAhead: 1,
  });
  const studies = new Map<string, StudyFound>();
  let first: { readonly askedAtMs: number; readonly tookMs: number } | undefined;
  for (let offset = 0; offset < MAX_STUDIES; ) {
    const call = searchStudies({ ...days, offset });
    const { body, askedAtMs, tookMs } = await server.get(call);
    first ??= { askedAtMs, tookMs };
    const datasets = datasetsOf(body);
    const before = studies.size;
    for (const raw of datasets) {
      const id = idOf(raw);
      studies.set(id, { id, content: raw, value: raw });
    }
    offset += datasets.length;
    // Some archives know no offset and give the same again; some give fewer than asked and have more.
    if (datasets.length === 0 || studies.size === before || datasets.length > STUDIES_A_PAGE) break;
  }
  if (studies.size >= MAX_STUDIES)
    io.log("A search found more studies than are read.", { most: MAX_STUDIES });
  return { studies: [...studies.values()], ...(first ?? { askedAtMs: io.now().getTime(), tookMs: 0 }) };
}

/** No body is no match (204). */
function datasetsOf(body: string | undefined): readonly unknown[] {
  if (body === undefined || body.trim() === "") return [];
  const call = { name: "studies" };
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw notJson(call);
  }
  if (!Array.isArray(json)) throw notUnderstood(call);
  return json;
}

/** What has no UID is told of once, by its own text. */
function idOf(raw: unknown): string {
  const dataset = readDataset(raw);
  const uid = dataset && uidOf(dataset, "StudyInstanceUID");
  return uid ?? JSON.stringify(raw).slice(0, 64);
}
