import { AppError } from "@/lib/core/errors";
import { splitMessages } from "@/lib/core/formats/hl7v2/batch";
import { hl7Facts } from "@/lib/core/formats/hl7v2/facts";
import { readHeader } from "@/lib/core/formats/hl7v2/header";
import { readLean } from "@/lib/core/formats/hl7v2/lean";
import type { Item, NormalisedBatch, Reject } from "@/lib/core/message/schema";
import type { MllpConfig } from "./config";
import { deliveryOf } from "./delivery";
import { type MllpWire, mllpWireSchema } from "./wire";

/** One block, or bytes that are none, as deliveries. What is no message becomes a reject, whole. */
export function normalise(wire: unknown, config: MllpConfig): NormalisedBatch {
  const parsed = mllpWireSchema.safeParse(wire);
  if (!parsed.success) throw new AppError("source_protocol", "This is nothing that came in over MLLP.");
  const came = parsed.data;
  const { sizeBytes } = came;
  if (came.kind === "broken") {
    const { kind, text, problem } = came;
    return { items: [], rejects: [rejectOf({ kind, text, sizeBytes, problem }, problems[problem])] };
  }
  const { messages, isTooMany } = splitMessages(came.text);
  if (isTooMany) {
    return { items: [], rejects: [rejectOf({ kind: "message", text: came.text, sizeBytes }, TOO_MANY)] };
  }
  const items: Item[] = [];
  const rejects: Reject[] = [];
  for (const text of messages) {
    const message = readLean(text);
    const header = message && readHeader(message);
    const { receivedAt, answer } = came;
    if (message === undefined || header === undefined)
      rejects.push(rejectOf({ kind: "message", text, sizeBytes }, NO_HEADER));
    else if (receivedAt === undefined) rejects.push(rejectOf({ kind: "message", text, sizeBytes }, NO_TIME));
    else {
      items.push(deliveryOf({ message, header, text, receivedAt, answer }, config));
      // What its acknowledgement adds is said of the delivery alone.
      if (answer === undefined && config.facts === "read") {
        const authority = config.assigningAuthority || undefined;
        items.push(...hl7Facts({ message, header, receivedAt, zone: config.timeZone, authority }));
      }
    }
  }
  return { items, rejects };
}

const TOO_MANY = "The batch holds more than 5,000 messages.";
const NO_HEADER = "The text does not begin with a message header (MSH).";
const NO_TIME = "When the message came is not known.";

const problems = {
  outside_block: "Bytes came that stand in no MLLP block.",
  cut_off: "The connection or the next block began before this one ended.",
  too_long: "The block is longer than is taken.",
} as const;

/** Without the time it came: the same garbage again is the same dead letter. */
function rejectOf(kept: MllpWire, detail: string): Reject {
  return { reason: "unparseable", detail, contentKind: "hl7-mllp", payload: JSON.stringify(kept) };
}
