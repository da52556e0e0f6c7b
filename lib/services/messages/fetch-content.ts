import type { MessageContent } from "@/lib/connectors/connector";
import { findConnector } from "@/lib/connectors/registry";
import type { Reach } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import type { DeliveryPlace } from "@/lib/core/message/delivery-place";
import { readMessageDeliveries } from "@/lib/db/delivery-read";
import { readInterface } from "@/lib/db/interfaces-read";
import { readLegDirectory } from "@/lib/db/leg-directory";
import { contentIo } from "./content-io";

/** What the engine kept of one message on one leg, in clear: for verbs that disclose it only. @throws AppError not_found | not_available */
export async function fetchContent(place: DeliveryPlace, reach: Reach): Promise<MessageContent> {
  const [deliveries, directory] = await Promise.all([
    readMessageDeliveries(place, reach),
    readLegDirectory([place.legId], reach),
  ]);
  const leg = directory[0];
  const delivery = deliveries.find(({ legId, id }) => legId === place.legId && id === place.id);
  const record = leg && (await readInterface(leg.interfaceId, reach));
  if (!leg || !delivery || !record) throw new AppError("not_found", "There is no such message.");
  const connector = findConnector(record.sourceKind);
  if (connector?.content === undefined) {
    throw new AppError("not_available", "This source keeps no content that could be asked for.");
  }
  const { config, io } = await contentIo(record.sourceId);
  const content = await connector.content(config, io, {
    interface: leg.interfaceExternalId,
    leg: leg.legExternalId,
    messageId: delivery.engineMessageId,
  });
  if (content === undefined) throw new AppError("not_found", "The engine no longer has this message.");
  return content;
}
