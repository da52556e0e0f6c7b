import type { z } from "zod";
import type { MessageContent } from "@/lib/connectors/connector";
import { findConnector } from "@/lib/connectors/registry";
import type { Actor } from "@/lib/core/authz/actor";
import { contentAccess } from "@/lib/core/authz/content-policy";
import type { Reach } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { readFaults } from "@/lib/core/formats/hl7v2/faults";
import { type MaskedContent, maskContent } from "@/lib/core/formats/masking/mask-content";
import { printPlace } from "@/lib/core/message/delivery-place";
import { readMessageDeliveries } from "@/lib/db/delivery-read";
import { readInterface } from "@/lib/db/interfaces-read";
import { readLegDirectory } from "@/lib/db/leg-directory";
import { query } from "@/lib/services/query";
import { contentIo } from "./content-io";
import { placeSchema } from "./message-input";

/** What the engine kept of one message on one leg, masked. */
export type ContentView = {
  readonly parts: readonly {
    readonly part: MessageContent["parts"][number]["part"];
    readonly dataType: string;
    /** Undefined where the engine keeps this part encrypted. */
    readonly content: MaskedContent | undefined;
  }[];
  /** "not kept: storage mode METADATA" */
  readonly notKept: string | undefined;
};

/**
 * The content of a message, fetched from its engine, values masked, the field that the receiver named marked.
 * @throws AppError not_available while the policy keeps content closed, or where the source cannot give any
 */
export async function readContent(actor: Actor, rawInput: unknown): Promise<ContentView> {
  const access = contentAccess(actor);
  switch (access.kind) {
    case "closed":
      throw new AppError("not_available", "Message content is closed.");
    case "open":
      return discloseContent(actor, rawInput);
  }
}

const discloseContent = query({
  permission: "message.content",
  input: placeSchema,
  disclosesPhi: (place) => ({ action: "R", entityType: "message-content", entityId: printPlace(place) }),
  run: async ({ input, reach }): Promise<ContentView> => {
    const content = await fetchContent(input, reach);
    const faults = content.parts
      .filter(({ part, encrypted }) => part === "response" && !encrypted)
      .flatMap(({ text }) => readFaults(text));
    return {
      parts: content.parts.map(({ part, dataType, text, encrypted }) => ({
        part,
        dataType,
        content: encrypted ? undefined : maskContent(text, faults),
      })),
      notKept: content.notKept,
    };
  },
});

async function fetchContent(place: z.output<typeof placeSchema>, reach: Reach): Promise<MessageContent> {
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
