import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { studyFact } from "@/lib/core/formats/dicom/facts";
import { readDataset } from "@/lib/core/formats/dicom-json/read";
import type { Item, NormalisedBatch, Reject } from "@/lib/core/message/schema";
import type { DicomwebConfig } from "./config";

/** One thing that the stream read: data sets as the JSON that came, judged here. JSON of a page is a dead letter's payload. */
const pageSchema = z.object({
  kind: z.literal("studies"),
  readAtMs: z.int(),
  /** How long the archive took for the first page of a search. */
  responseMs: z.int().min(0).optional(),
  datasets: z.array(z.unknown()),
});
export type StudiesPage = z.infer<typeof pageSchema>;

/** Turns one page into facts of studies as they were when it was read. Pure. @throws AppError bad_request for another wire */
export function normalise(wire: unknown, config: DicomwebConfig): NormalisedBatch {
  const page = pageSchema.safeParse(wire);
  if (!page.success) throw new AppError("bad_request", "This is not a page of a DICOMweb search.");
  const { readAtMs, responseMs, datasets } = page.data;
  const at = new Date(readAtMs);
  const items: Item[] =
    responseMs === undefined ? [] : [{ kind: "gauge", metric: "responseMs", at, value: responseMs }];
  const rejects: Reject[] = [];
  for (const raw of datasets) {
    const dataset = readDataset(raw);
    const fact = dataset && studyFact(dataset, { place: config, at });
    if (fact !== undefined) items.push(fact);
    else {
      rejects.push({
        reason: "unknown_shape",
        detail: dataset === undefined ? "no data set" : "study without UID",
        contentKind: "wire",
        payload: JSON.stringify({ kind: "studies", readAtMs, datasets: [raw] } satisfies StudiesPage),
      });
    }
  }
  return { items, rejects };
}
