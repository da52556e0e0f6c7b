import type { DeliveryObservation, Sample } from "@/lib/core/message/schema";

export type Gauge = Sample;

/** What the demo pushes; as JSON it is an item of the ingest API. */
export type LiveItem = DeliveryObservation | Gauge;
