import type { Reach } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { printPlace } from "@/lib/core/message/delivery-place";
import type { Unknown } from "@/lib/core/message/identifier-coverage";
import {
  type DeliveryDetail,
  readMessageDeliveries,
  readOriginal,
  readReplays,
  readSameControlId,
} from "@/lib/db/delivery-read";
import { type InterfaceRecord, type LegRecord, readInterface } from "@/lib/db/interfaces-read";
import { readLegDirectory } from "@/lib/db/leg-directory";
import { query } from "@/lib/services/query";
import { concernedPatients } from "./concerned-patients";
import { placeSchema } from "./message-input";
import { type MessageRow, nameLegs } from "./name-legs";
import { unknownOf } from "./unknown-of";

/** One delivery of the message, on its leg. */
export type MessageLeg = { readonly leg: LegRecord; readonly delivery: DeliveryDetail };

export type MessageView = {
  readonly record: InterfaceRecord;
  /** In the engine's order: the way in, then destinations. Legs that the message never reached are left out. */
  readonly legs: readonly MessageLeg[];
  /** The delivery in the address. */
  readonly chosen: MessageLeg;
  /** Identifiers that this channel does not carry, and what would make them known; none of a feed that pushes what it has. */
  readonly unknown: readonly Unknown[];
  readonly original: MessageRow | undefined;
  readonly replays: readonly MessageRow[];
  /** Other messages with the same control id, over all interfaces. */
  readonly sameControlId: readonly MessageRow[];
};

const RELATED = 20;

/**
 * One message with its path through the engine and what is related to it. Order identifiers are shown, hence audited.
 * @throws AppError forbidden | bad_request | not_found
 */
export const readMessage = query({
  permission: "message.read",
  input: placeSchema,
  disclosesPhi: async (place, { reach }) => ({
    action: "R",
    entityType: "message",
    entityId: printPlace(place),
    ...(await concernedPatients(place, reach)),
  }),
  run: async ({ input, reach }): Promise<MessageView> => {
    const [deliveries, directory] = await Promise.all([
      readMessageDeliveries(input, reach),
      readLegDirectory([input.legId], reach),
    ]);
    const record = directory[0] ? await readInterface(directory[0].interfaceId, reach) : undefined;
    const legs = (record?.legs ?? []).flatMap((leg) => {
      const delivery = deliveries.find(({ legId }) => legId === leg.legId);
      return delivery ? [{ leg, delivery }] : [];
    });
    const chosen = legs.find(({ delivery }) => delivery.legId === input.legId && delivery.id === input.id);
    if (record === undefined || chosen === undefined) {
      throw new AppError("not_found", "There is no such message, or it is no longer kept.");
    }
    const unknown = unknownOf(record);
    return {
      record,
      legs,
      chosen,
      unknown,
      ...(await readRelated({ record, first: legs[0] ?? chosen, reach })),
    };
  },
});

async function readRelated(of: {
  readonly record: InterfaceRecord;
  readonly first: MessageLeg;
  readonly reach: Reach;
}) {
  const { record, reach } = of;
  const { leg, delivery } = of.first;
  const { controlId, messageKey, engineMessageId, replayOf, receivedAt, legId } = delivery;
  const name = { sourceId: record.sourceId, interface: record.externalId, leg: leg.externalId };
  const [original, replays, same] = await Promise.all([
    replayOf === null
      ? undefined
      : readOriginal({ name: { ...name, messageId: replayOf }, legId, before: receivedAt }),
    readReplays({ legId, engineMessageId, after: receivedAt, limit: RELATED }),
    controlId === null
      ? []
      : readSameControlId({ controlId, messageKey, at: receivedAt, limit: RELATED, reach }),
  ]);
  const rows = await Promise.all(
    [original ? [original] : [], replays, same].map((lines) => nameLegs(lines, reach)),
  );
  const [originals = [], replayRows = [], sameControlId = []] = rows;
  return { original: originals[0], replays: replayRows, sameControlId };
}
