import { z } from "zod";
import { changedOnly } from "@/lib/core/formats/dicom/changed-only";
import { type Dataset, itemsOf, textOf } from "@/lib/core/formats/dicom/dataset";
import { modelOf } from "@/lib/core/formats/dicom-json/write";
import type { Stream } from "../connector";
import type { DimseConfig } from "./config";
import type { MatchesPage } from "./pages";
import { type SearchKind, search } from "./searches";

const cursorSchema = z.object({
  /** When the last whole search began. */
  searchedAtMs: z.int(),
  /** What it found, as `changedOnly` keeps it. */
  seen: z.record(z.string(), z.string()),
});

/** Makes one of the searches again and again, and hands on what is new or has changed. */
export function searchStream(kind: SearchKind): Stream<DimseConfig> {
  return {
    name: kind,
    everyMs: 30_000,
    async *poll(config, io, rawCursor) {
      const known = cursorSchema.safeParse(rawCursor);
      const nowMs = io.now().getTime();
      const isDue = !known.success || nowMs - known.data.searchedAtMs >= config.everySeconds * 1000;
      if (config[kind] === "no" || !isDue) {
        yield { wire: { kind, readAtMs: nowMs, datasets: [] }, cursor: rawCursor };
        return;
      }
      const { matches, askedAtMs, tookMs } = await search(kind, config, io);
      const found = matches.map((dataset) => {
        const content = modelOf(dataset);
        return { id: idOf(dataset), content, value: content };
      });
      const { changed, seen } = changedOnly(found, known.success ? known.data.seen : {});
      const head = { kind, readAtMs: askedAtMs, responseMs: tookMs };
      // The cursor moves with the last page alone: a crash between repeats the search.
      for (let at = 0; at === 0 || at < changed.length; at += A_PAGE) {
        const isLast = at + A_PAGE >= changed.length;
        const page: MatchesPage = { ...head, datasets: changed.slice(at, at + A_PAGE) };
        yield { wire: page, cursor: isLast ? { searchedAtMs: nowMs, seen } : rawCursor };
      }
    },
  };
}

const A_PAGE = 200;

/** A study by its UID; entries of a worklist by theirs and the steps that they schedule. */
function idOf(dataset: Dataset): string {
  const steps = itemsOf(dataset, "ScheduledProcedureStepSequence").map(
    (step) => textOf(step, "ScheduledProcedureStepID") ?? "",
  );
  return [textOf(dataset, "StudyInstanceUID") ?? "", ...steps].join("/");
}
