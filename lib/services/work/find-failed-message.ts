import type { Reach } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { parsePlace } from "@/lib/core/message/delivery-place";
import { readMessageDeliveries } from "@/lib/db/delivery-read";
import { readMessagePatients } from "@/lib/db/disclosures";
import { readLegDirectory } from "@/lib/db/leg-directory";
import type { FoundItem } from "./found-item";

/** A delivery that failed, by its place in text. @throws AppError not_found | conflict */
export async function findFailedMessage(id: string, reach: Reach): Promise<FoundItem> {
  const place = parsePlace(id);
  if (place === undefined) throw notThere();
  const [deliveries, [leg], concerned] = await Promise.all([
    readMessageDeliveries(place, reach),
    readLegDirectory([place.legId], reach),
    readMessagePatients(place, reach),
  ]);
  const delivery = deliveries.find((one) => one.legId === place.legId && one.id === place.id);
  if (delivery === undefined || leg === undefined) throw notThere();
  if (delivery.outcome !== "failed") {
    throw new AppError("conflict", "This message has not failed: nothing is to be done about it.");
  }
  const { sourceId, interfaceId } = leg;
  return { sourceId, interfaceId, patientRefs: concerned?.patientRefs ?? [] };
}

function notThere(): AppError {
  return new AppError("not_found", "There is no such message.");
}
