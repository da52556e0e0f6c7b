import type { DeliveryObservation } from "@/lib/core/message/schema";
import { type Random, wholeBelow } from "@/tests/support/random";

/** What traffic looks like: interfaces of very different size, two destinations on average, some of them failing. */
export type TrafficShape = {
  readonly random: Random;
  readonly interfaces: number;
  /** Receive time of the first message, and the pace of what follows. */
  readonly from: Date;
  readonly messagesPerSecond: number;
  /** Set before every message id, so that runs do not meet. */
  readonly prefix: string;
};

const types = ["ADT^A01", "ADT^A08", "ADT^A03", "ORM^O01", "ORU^R01", "SIU^S12", "MDM^T02"] as const;
const faults = [
  "java.net.ConnectException: Connection refused (Connection refused) at 10.20.30.40:6661",
  "NACK sent from receiver (Error): MSA|AE|4711|Segment OBX missing required field OBX-3",
  "com.mirth.connect.donkey.server.channel.DestinationConnectorException: read timed out after 30000 ms",
] as const;

/** An endless stream of messages, each as the deliveries of its legs, source leg first. Receive times jump by up to 20 s. */
export function* traffic(shape: TrafficShape): Generator<readonly DeliveryObservation[]> {
  for (let n = 0; ; n++) yield messageOf(shape, n);
}

function messageOf(shape: TrafficShape, n: number): readonly DeliveryObservation[] {
  const { random, prefix } = shape;
  // Squared: a few interfaces carry most of the traffic.
  const channel = Math.floor(random() ** 2 * shape.interfaces);
  const disorderMs = wholeBelow(random, 40_000) - 20_000;
  const receivedMs = shape.from.getTime() + Math.round((n * 1_000) / shape.messagesPerSecond) + disorderMs;
  const messageType = types[channel % types.length] ?? "ADT^A08";
  const common = {
    kind: "delivery",
    interface: `channel-${channel}`,
    interfaceName: `Interface ${channel}`,
    messageId: `${prefix}${n}`,
    receivedAt: new Date(receivedMs),
    controlId: `C${prefix}${n}`,
    messageType,
    sizeBytes: 600 + wholeBelow(random, 3_000),
    patient: { value: `M${wholeBelow(random, 40_000)}`, assigningAuthority: "HOSPITAL" },
    ...(messageType.startsWith("OR") ? { accession: `A${prefix}${n}` } : {}),
    observedSeq: 1,
  } as const;
  const inbound: DeliveryObservation = {
    ...common,
    leg: "0",
    direction: "source",
    ackedAt: new Date(receivedMs + 5 + wholeBelow(random, 40)),
    state: "transformed",
    outcome: "ok",
    firstOutcome: "ok",
    ackCode: "AA",
    attempts: 1,
  };
  const destinations = 1 + (channel % 3);
  const outbound = Array.from({ length: destinations }, (_, i): DeliveryObservation => {
    const sentMs = receivedMs + 3 + wholeBelow(random, 30);
    const took = Math.min(Math.round(Math.exp(3 + 1.2 * normal(random))), 60_000);
    const place = { ...common, leg: String(i + 1), direction: "destination", attempts: 1 } as const;
    const times = { sentAt: new Date(sentMs), ackedAt: new Date(sentMs + took) };
    if (random() >= 0.03) {
      return { ...place, ...times, state: "sent", outcome: "ok", firstOutcome: "ok", ackCode: "AA" };
    }
    const errorText = faults[wholeBelow(random, faults.length)] ?? "";
    const failed = { state: "error", outcome: "failed", firstOutcome: "failed" } as const;
    return { ...place, ...times, ...failed, reason: "other", errorText };
  });
  return [inbound, ...outbound];
}

/** Box-Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
