import { AppError } from "@/lib/core/errors";
import { studyFact, worklistFacts } from "@/lib/core/formats/dicom/facts";
import { readDataset } from "@/lib/core/formats/dicom-json/read";
import type { Item, NormalisedBatch, Reject, Sample } from "@/lib/core/message/schema";
import type { DimseConfig } from "./config";
import { type MatchesPage, pageSchema } from "./pages";

/** Turns one page into items. Pure. @throws AppError bad_request for a wire that no stream of this connector made */
export function normalise(wire: unknown, config: DimseConfig): NormalisedBatch {
  const page = pageSchema.safeParse(wire);
  if (!page.success) throw new AppError("bad_request", "This is not a page of a DICOM search.");
  if (page.data.kind === "echo") {
    const { readAtMs, associationMs, echoMs } = page.data;
    const items = [sample(readAtMs, "associationMs", associationMs), sample(readAtMs, "responseMs", echoMs)];
    return { items, rejects: [] };
  }
  return normaliseMatches(page.data, config);
}

function normaliseMatches(page: MatchesPage, config: DimseConfig): NormalisedBatch {
  const { kind, readAtMs, responseMs, datasets } = page;
  const metric = kind === "studies" ? "studySearchMs" : "worklistSearchMs";
  const items: Item[] = responseMs === undefined ? [] : [sample(readAtMs, metric, responseMs)];
  const rejects: Reject[] = [];
  for (const raw of datasets) {
    const facts = factsOf(raw, page, config);
    items.push(...facts);
    if (facts.length > 0) continue;
    rejects.push({
      reason: "unknown_shape",
      detail: kind === "studies" ? "study without UID" : "scheduled step without ID",
      contentKind: "wire",
      payload: JSON.stringify({ kind, readAtMs, datasets: [raw] } satisfies MatchesPage),
    });
  }
  return { items, rejects };
}

function factsOf(raw: unknown, { kind, readAtMs }: MatchesPage, place: DimseConfig): readonly Item[] {
  const dataset = readDataset(raw);
  if (dataset === undefined) return [];
  const from = { place, at: new Date(readAtMs) };
  if (kind === "worklist") return worklistFacts(dataset, from);
  const fact = studyFact(dataset, from);
  return fact === undefined ? [] : [fact];
}

function sample(atMs: number, metric: string, value: number): Sample {
  return { kind: "gauge", metric, at: new Date(atMs), value };
}
