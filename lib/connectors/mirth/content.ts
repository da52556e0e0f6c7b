import { type ContentRef, contentParts, type MessageContent, type PollIo } from "../connector";
import { calls } from "./calls";
import { openEngine } from "./client";
import type { MirthConfig } from "./config";
import { errorsOf, httpStatus, responseOf } from "./read-failures";
import { messageElements, rowElements } from "./read-messages";
import { reasonOf } from "./reasons";
import { child, childText, parseXml, type XmlElement } from "./xml";

/**
 * What the engine kept of one message on one leg, part by part; undefined where it has no such message. The engine notes
 * each read in its own audit log.
 */
export async function content(
  config: MirthConfig,
  io: PollIo,
  ref: ContentRef,
): Promise<MessageContent | undefined> {
  const messageId = Number(ref.messageId);
  if (!Number.isSafeInteger(messageId) || messageId < 0) return undefined;
  const engine = openEngine(config, io);
  const call = calls.message({ channelId: ref.interface, messageId });
  const { body } = await engine.get(call, { maxBytes: MAX_MESSAGE_BYTES });
  return body === undefined ? undefined : contentOf(parseXml(body), ref.leg);
}

const MAX_MESSAGE_BYTES = 48 * 1024 * 1024;

/** The content of one leg in an answer that holds one message; undefined where it has no such leg. */
export function contentOf(answer: XmlElement, leg: string): MessageContent | undefined {
  const rows = messageElements(answer).flatMap(rowElements);
  const row = rows.find((one) => childText(one, "metaDataId") === leg);
  if (row === undefined) return undefined;
  const parts = contentParts.flatMap((part) => {
    const found = child(row, part);
    const text = childText(found, "content");
    if (found === undefined || text === undefined || text === "") return [];
    const dataType = childText(found, "dataType") ?? "";
    return [{ part, dataType, text, encrypted: childText(found, "encrypted") === "true" }];
  });
  return {
    parts,
    ...(parts.length > 0
      ? {}
      : { notKept: "not kept: storage mode METADATA, or content removed on completion" }),
    errors: errorsOf(row).map(({ stage, text }) => ({ stage, text, reason: reasonFor(row, { leg, text }) })),
  };
}

function reasonFor(row: XmlElement, error: { readonly leg: string; readonly text: string }) {
  const status = Number(httpStatus(row) ?? Number.NaN);
  return reasonOf({
    errorText: error.text,
    responseText: responseOf(row).message,
    httpStatus: Number.isNaN(status) ? undefined : status,
    isPartner: error.leg !== "0",
  });
}
