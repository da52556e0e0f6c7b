import { AppError } from "@/lib/core/errors";
import type { Dataset } from "@/lib/core/formats/dicom/dataset";
import { procedureStepFact } from "@/lib/core/formats/dicom/procedure-step";
import { readDataset } from "@/lib/core/formats/dicom-json/read";
import type { NormalisedBatch } from "@/lib/core/message/schema";
import type { MppsConfig } from "./config";
import { wireSchema } from "./wire";

const none: Dataset = new Map();

/**
 * Turns one message into what it says of its step. A later one repeats nothing of the first; the store puts them together.
 * Pure. @throws AppError bad_request for another wire
 */
export function normalise(wire: unknown, config: MppsConfig): NormalisedBatch {
  const parsed = wireSchema.safeParse(wire);
  if (!parsed.success) throw new AppError("bad_request", "This is no message about a procedure step.");
  const { instanceUid, receivedAt, dataset } = parsed.data;
  const of = { instanceUid, place: config, receivedAt: new Date(receivedAt) };
  const fact = procedureStepFact(readDataset(dataset) ?? none, of);
  if (fact !== undefined) return { items: [fact], rejects: [] };
  const reject = {
    reason: "unknown_shape" as const,
    detail: "procedure step without a status that is known",
    contentKind: "wire",
    payload: JSON.stringify(parsed.data),
  };
  return { items: [], rejects: [reject] };
}
