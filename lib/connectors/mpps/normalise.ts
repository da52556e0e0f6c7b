import { AppError } from "@/lib/core/errors";
import type { Dataset } from "@/lib/core/formats/dicom/dataset";
import { procedureStepFact } from "@/lib/core/formats/dicom/procedure-step";
import { readDataset } from "@/lib/core/formats/dicom-json/read";
import type { NormalisedBatch } from "@/lib/core/message/schema";
import type { MppsConfig } from "./config";
import { wireSchema } from "./wire";

const none: Dataset = new Map();

/** Turns one message into what is known of the step after it. Pure. @throws AppError bad_request for another wire */
export function normalise(wire: unknown, config: MppsConfig): NormalisedBatch {
  const parsed = wireSchema.safeParse(wire);
  if (!parsed.success) throw new AppError("bad_request", "This is no message about a procedure step.");
  const { instanceUid, receivedAt, dataset, created } = parsed.data;
  const whole: Dataset = new Map([...(readDataset(created) ?? none), ...(readDataset(dataset) ?? none)]);
  const of = { instanceUid, place: config, receivedAt: new Date(receivedAt) };
  const fact = procedureStepFact(whole, of);
  if (fact !== undefined) return { items: [fact], rejects: [] };
  const reject = {
    reason: "unknown_shape" as const,
    detail: "procedure step without a status that is known",
    contentKind: "wire",
    payload: JSON.stringify(parsed.data),
  };
  return { items: [], rejects: [reject] };
}
