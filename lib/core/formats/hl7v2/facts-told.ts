import type { Hl7Header } from "./header";
import { findLean, firstValue, type LeanMessage } from "./lean";
import { instantOf } from "./times";

/** What is the same for every fact of one message. */
export type Told = {
  /** MSH-9.1 and MSH-9.2. */
  readonly type: string;
  readonly event: string;
  readonly at: Date;
  readonly seq: number;
  readonly controlId: string | undefined;
  /** Of identifiers that come without one. */
  readonly authority: string | undefined;
  readonly zone: string;
};

export type FactsAsk = {
  readonly message: LeanMessage;
  readonly header: Hl7Header;
  readonly receivedAt: Date;
  readonly zone: string;
  readonly authority: string | undefined;
};

/** A sender's clock may be this far ahead; beyond it, when the message came counts. */
const AHEAD_MS = 3_600_000;

/** When an event was recorded (EVN-2), or the message was made (MSH-7), or came. */
export function readTold({ message, header, receivedAt, zone, authority }: FactsAsk): Told {
  const [type = "", event = ""] = header.messageType?.split("^") ?? [];
  const evn = findLean(message, "EVN")?.fields();
  const said = instantOf(header.sentAt, zone) ?? instantOf(firstValue(message, evn?.[2]), zone);
  const isCredible = said !== undefined && said.getTime() <= receivedAt.getTime() + AHEAD_MS;
  const at = isCredible ? said : receivedAt;
  const { controlId } = header;
  return {
    type,
    event: event || (firstValue(message, evn?.[1]) ?? ""),
    at,
    seq: at.getTime() + (isCredible ? withinSecond(at, controlId) : 0),
    controlId: controlId?.slice(0, 256),
    authority,
    zone,
  };
}

/** Most senders write whole seconds: of several messages in one second the higher control id is the later. */
function withinSecond(at: Date, controlId: string | undefined): number {
  const digits = /\d{1,3}$/.exec(controlId ?? "")?.[0];
  return at.getUTCMilliseconds() === 0 && digits !== undefined ? Number(digits) : 0;
}
