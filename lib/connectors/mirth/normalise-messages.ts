import { proposeMapping } from "@/lib/core/interface/propose-mapping";
import type {
  ChangeSeen,
  DeliveryObservation,
  Item,
  NormalisedBatch,
  Reject,
} from "@/lib/core/message/schema";
import { deliveryOf, wasReplaced } from "./delivery";
import type { Mapping, MessagesPage } from "./pages";
import { parsedBody } from "./parsed-body";
import { pickedRows } from "./picked-rows";
import { failuresOf } from "./read-failures";
import { messageElements, messageOf } from "./read-messages";
import { unknownShape } from "./unknown-shape";
import { type Failure, failureSchema, type Message, messageSchema, type Row } from "./wire";
import { parseXml } from "./xml";

/** Deliveries of a window of messages; a message that cannot be understood is set aside and holds up no other. */
export function normaliseMessages(page: MessagesPage): NormalisedBatch {
  const failures = readFailures(page.failures);
  const items: Item[] = [];
  const rejects: Reject[] = [];
  let replaced: readonly Message[] = [];
  for (const element of messageElements(parsedBody(page))) {
    const parsed = messageSchema.safeParse(messageOf(element));
    if (!parsed.success) {
      rejects.push(unknownShape({ page, element, error: parsed.error }));
      continue;
    }
    const rows = pickedRows(parsed.data, page.picks);
    if (rows.length === 0 || parsed.data.receivedAtMs < page.retainFromMs) continue;
    items.push(...deliveriesOf({ page, message: parsed.data, rows, failures }));
    if (page.picks !== undefined && wasReplaced(parsed.data)) replaced = [...replaced, parsed.data];
  }
  return { items: [...items, ...replacedChange(page.channelId, replaced)], rejects };
}

function deliveriesOf(from: {
  readonly page: MessagesPage;
  readonly message: Message;
  readonly rows: readonly Row[];
  readonly failures: ReadonlyMap<string, Failure>;
}): readonly DeliveryObservation[] {
  const { page, message, rows, failures } = from;
  const mapping = effectiveMapping(page.mapping, message);
  return rows.map((row) =>
    deliveryOf({
      channelId: page.channelId,
      observedSeq: page.observedSeq,
      mapping,
      message,
      row,
      failure: failures.get(failureKey(message.messageId, row.metaDataId)),
    }),
  );
}

/** The control id identifies no patient, so its column is used as proposed; every other mapping waits for a person. */
function effectiveMapping(confirmed: Mapping, message: Message): Mapping {
  if (confirmed.controlId !== undefined) return confirmed;
  const { controlId } = proposeMapping(Object.keys(message.rows[0]?.columns ?? {}));
  return controlId === undefined ? confirmed : { ...confirmed, controlId };
}

/** Failure texts are an extra: what cannot be read of them leaves the deliveries as they are. */
function readFailures(body: string | undefined): ReadonlyMap<string, Failure> {
  if (body === undefined) return new Map();
  return new Map(
    failuresOf(parseXml(body)).flatMap((raw) => {
      const parsed = failureSchema.safeParse(raw);
      return parsed.success
        ? [[failureKey(parsed.data.messageId, parsed.data.metaDataId), parsed.data] as const]
        : [];
    }),
  );
}

export function failureKey(messageId: number, metaDataId: number): string {
  return `${messageId}/${metaDataId}`;
}

/** One marker a page: a bulk replace would draw thousands. */
function replacedChange(channelId: string, replaced: readonly Message[]): readonly ChangeSeen[] {
  if (replaced.length === 0) return [];
  const latestMs = Math.max(...replaced.flatMap(({ rows }) => rows.map((row) => row.receivedAtMs)));
  const detail = `${replaced.length} ${replaced.length === 1 ? "message" : "messages"} processed again in place`;
  return [{ kind: "change", interface: channelId, at: new Date(latestMs), change: "replaced", detail }];
}
