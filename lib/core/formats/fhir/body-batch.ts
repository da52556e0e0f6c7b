import { z } from "zod";
import type { Item, NormalisedBatch, Reject } from "../../message/schema";
import type { FhirPlace } from "./place";
import { type FhirBody, type FhirEntry, readFhirBody } from "./read-body";

/** A body that was sent to the FHIR interface, as it is kept where it cannot be stored. */
export const fhirWireSchema = z.object({
  kind: z.literal("fhir"),
  receivedAt: z.iso.datetime(),
  isUpdate: z.boolean(),
  text: z.string(),
});
export type FhirWire = z.infer<typeof fhirWireSchema>;

/** What of a body is to be stored or kept, and for each entry where it went. */
export type BodyBatch = {
  readonly batch: NormalisedBatch;
  readonly went: readonly Went[];
};

export type Went =
  | { readonly to: "items" | "rejects"; readonly at: number }
  /** Nothing to store, or nothing that is kept. */
  | { readonly to: "nowhere" };

/** The items and rejects of a body. Of a transaction in which anything is refused no part is stored: it is kept whole. */
export function bodyBatch(body: FhirBody, wire: FhirWire): BodyBatch {
  switch (body.kind) {
    case "refused":
      return { batch: { items: [], rejects: [rejectOf(body, wire, wire.text)] }, went: [] };
    case "too-many":
      return { batch: { items: [], rejects: [] }, went: [] };
    case "resource":
      return batchOf([body.entry], wire);
    case "bundle": {
      const broken = body.type === "transaction" ? firstRefused(body.entries) : undefined;
      if (broken === undefined) return batchOf(body.entries, wire);
      const rejects = [rejectOf(broken, wire, wire.text)];
      return { batch: { items: [], rejects }, went: body.entries.map(() => ({ to: "rejects", at: 0 })) };
    }
  }
}

/** Reads again what was kept. */
export function readKept(wire: FhirWire, place: FhirPlace): NormalisedBatch {
  const { text, isUpdate } = wire;
  const receivedAt = new Date(wire.receivedAt);
  const body = readFhirBody({ text, isUpdate, receivedAt, place, mayTake: () => true });
  return bodyBatch(body, wire).batch;
}

type Refusal = { readonly reason: Reject["reason"]; readonly detail: string };

/** The first entry of a transaction for which all of it is refused. */
export function firstRefused(entries: readonly FhirEntry[]): Refusal | undefined {
  for (const [index, { reading }] of entries.entries()) {
    const place = `Bundle.entry[${index}]`;
    if (reading.kind === "refused") return { reason: reading.reason, detail: `${place}: ${reading.detail}` };
    if (reading.kind === "declined") return { reason: "unknown_shape", detail: `${place}: ${reading.why}` };
  }
  return undefined;
}

function batchOf(entries: readonly FhirEntry[], wire: FhirWire): BodyBatch {
  const items: Item[] = [];
  const rejects: Reject[] = [];
  const went = entries.map(({ reading, alone }): Went => {
    if (reading.kind === "item") return { to: "items", at: items.push(reading.item) - 1 };
    if (reading.kind !== "refused") return { to: "nowhere" };
    return { to: "rejects", at: rejects.push(rejectOf(reading, wire, alone())) - 1 };
  });
  return { batch: { items, rejects }, went };
}

function rejectOf({ reason, detail }: Refusal, wire: FhirWire, text: string): Reject {
  return { reason, detail, contentKind: "fhir", payload: JSON.stringify({ ...wire, text }) };
}
