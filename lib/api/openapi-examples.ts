import type { z } from "zod";
import type { itemSchema } from "@/lib/core/message/schema";
import { clinicalExamples } from "./openapi-clinical-examples";

/** One item of each kind, as the document and its page show them. A test pushes them. */
export const itemExamples: Readonly<Record<string, z.input<typeof itemSchema>>> = {
  Delivery: {
    kind: "delivery",
    interface: "lab-results",
    interfaceName: "Laboratory results",
    leg: "1",
    legName: "to HIS",
    direction: "destination",
    messageId: "48213",
    receivedAt: "2026-01-15T08:30:00.120Z",
    sentAt: "2026-01-15T08:30:00.180Z",
    ackedAt: "2026-01-15T08:30:00.410Z",
    state: "error",
    outcome: "failed",
    firstOutcome: "failed",
    ackCode: "AE",
    reason: "nack_ae",
    attempts: 1,
    controlId: "LAB0048213",
    messageType: "ORU^R01",
    observedSeq: 1,
  },
  Gauge: {
    kind: "gauge",
    interface: "lab-results",
    leg: "1",
    metric: "queueDepth",
    at: "2026-01-15T08:30:10.000Z",
    value: 12,
  },
  AuditEvent: {
    kind: "audit",
    eventId: "9001",
    at: "2026-01-15T08:31:00.000Z",
    name: "Channel stopped",
    action: "E",
    outcome: "authorised",
    actorName: "operator",
    objectType: "channel",
    objectId: "lab-results",
  },
  Interface: {
    kind: "interface",
    interface: "lab-results",
    name: "Laboratory results",
    state: "started",
    revision: 7,
    legs: [
      { leg: "0", name: "from laboratory", direction: "source", ordinal: 0 },
      { leg: "1", name: "to HIS", direction: "destination", ordinal: 1 },
    ],
  },
  Change: { kind: "change", interface: "lab-results", at: "2026-01-15T08:31:00.000Z", change: "stopped" },
  ...clinicalExamples,
};
