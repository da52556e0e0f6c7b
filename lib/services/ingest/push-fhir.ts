import { isUtf8 } from "node:buffer";
import { maySendFhir } from "@/lib/core/api-client/schema";
import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { printFeedPlace } from "@/lib/core/fhir/audit-place";
import { type BodyBatch, bodyBatch, type FhirWire, firstRefused } from "@/lib/core/formats/fhir/body-batch";
import { type FhirPlace, fhirPlaceOf, fhirPlaceSchema } from "@/lib/core/formats/fhir/place";
import {
  type FhirBody,
  type FhirEntry,
  MAX_FHIR_ENTRIES,
  readFhirBody,
} from "@/lib/core/formats/fhir/read-body";
import type { FhirType } from "@/lib/core/formats/fhir/schema";
import { notText } from "@/lib/core/message/push-body";
import { findSourceRow } from "@/lib/db/sources";
import { findUntimely } from "@/lib/ingest/find-untimely";
import { keepRejects } from "@/lib/ingest/keep-rejects";
import { type StoreResult, storeBatch } from "@/lib/ingest/pipeline";
import { externalAuditId } from "@/lib/ingest/store-audit-events";
import { authorise } from "@/lib/services/command";
import { type FhirEntryResult, resultOf } from "./fhir-entry-result";

export type FhirPushResult =
  | { readonly form: "resource"; readonly result: FhirEntryResult }
  | {
      readonly form: "bundle";
      readonly type: Extract<FhirBody, { kind: "bundle" }>["type"];
      /** A transaction of which nothing is stored. */
      readonly isRefused: boolean;
      readonly results: readonly FhirEntryResult[];
    };

export type FhirPush = {
  readonly body: Buffer;
  /** Where it was sent: the type and, of an update, the id. Neither for a bundle. */
  readonly address: { readonly type?: FhirType; readonly id?: string };
  readonly now: Date;
};

/**
 * Stores what is sent over FHIR. Resolves after COMMIT; what is understood by nobody is kept as a dead letter. Like a push,
 * not a `command`: what a source says is itself the record.
 * @throws AppError forbidden | too_large | bad_request (with deadLetterId where it was kept) | whatever the database throws
 */
export async function pushFhir(
  actor: Extract<Actor, { kind: "source" }>,
  push: FhirPush,
): Promise<FhirPushResult> {
  await authorise({ actor, permission: "fhir.write" });
  const { sourceId } = actor;
  const place = await placeOf(sourceId);
  const { now, address } = push;
  if (!isUtf8(push.body)) throw await keptWhole(sourceId, notText(push.body.toString("base64")).reject, now);
  const isUpdate = address.id !== undefined;
  const text = push.body.toString("utf8");
  const wire: FhirWire = { kind: "fhir", receivedAt: now.toISOString(), isUpdate, text };
  const mayTake = (type: FhirType) => maySendFhir(actor.scopes, type);
  const body = readFhirBody({ text, place, receivedAt: now, isUpdate, mayTake });
  refuseWrongAddress(body, address);
  const judged = judge(body, { wire, now });
  if (body.kind === "refused") {
    const [reject] = judged.batch.rejects;
    throw reject === undefined ? unread() : await keptWhole(sourceId, reject, now);
  }
  const stored = await storeBatch({ sourceId, batch: judged.batch, now });
  return answerOf({ body, judged, stored, sourceId });
}

/** Only a source that was added for FHIR says what its numbers mean. @throws AppError forbidden | bad_request */
async function placeOf(sourceId: number): Promise<FhirPlace> {
  const source = await findSourceRow(sourceId);
  if (source?.kind !== "fhir-push") {
    throw new AppError("forbidden", "This token is of a source of another kind than FHIR.");
  }
  return fhirPlaceOf(fhirPlaceSchema.parse(source.config));
}

/** @throws AppError bad_request | too_large: nothing of it is kept, as it was sent to the wrong place */
function refuseWrongAddress(body: FhirBody, { type, id }: FhirPush["address"]): void {
  if (body.kind === "too-many") {
    const info = { entries: body.count, maxEntries: MAX_FHIR_ENTRIES };
    throw new AppError("too_large", "There are too many entries in one bundle.", { info });
  }
  if (body.kind === "bundle" && type !== undefined) {
    throw new AppError("bad_request", "Send a bundle to the address of the interface itself.");
  }
  if (body.kind !== "resource") return;
  if (type === undefined) throw new AppError("bad_request", "Send a resource to the address of its type.");
  if (body.entry.type !== undefined && body.entry.type !== type) {
    throw new AppError("bad_request", "The resource is of another type than the address names.");
  }
  if (id !== undefined && body.entry.id !== id) {
    throw new AppError("bad_request", "The resource has another id than the address names.");
  }
}

/** `entries`: those of a bundle, with what the store would say of them. */
type Judged = BodyBatch & { readonly isRefused: boolean; readonly entries: readonly FhirEntry[] };

/** A transaction is judged as a whole before any of it is stored, also for what the store would refuse. */
function judge(body: FhirBody, of: { readonly wire: FhirWire; readonly now: Date }): Judged {
  const { wire, now } = of;
  const whole = bodyBatch(body, wire);
  if (body.kind !== "bundle") return { ...whole, isRefused: false, entries: [] };
  const given = body.entries;
  if (body.type !== "transaction") return { ...whole, isRefused: false, entries: given };
  if (firstRefused(given) !== undefined) return { ...whole, isRefused: true, entries: given };
  const untimely = findUntimely(whole.batch.items, now);
  if (untimely.size === 0) return { ...whole, isRefused: false, entries: given };
  const entries = given.map((entry, index): FhirEntry => {
    const went = whole.went[index];
    const verdict = went?.to === "items" ? untimely.get(went.at) : undefined;
    if (verdict === undefined || !("reason" in verdict)) return entry;
    const { reason, detail } = verdict;
    return { ...entry, reading: { kind: "refused", reason, detail } };
  });
  return { ...bodyBatch({ ...body, entries }, wire), isRefused: true, entries };
}

function answerOf(of: {
  readonly body: Extract<FhirBody, { kind: "resource" | "bundle" | "too-many" }>;
  readonly judged: Judged;
  readonly stored: StoreResult;
  readonly sourceId: number;
}): FhirPushResult {
  const { body, judged, stored, sourceId } = of;
  if (body.kind === "too-many") throw unread();
  const resultAt = (entry: FhirEntry, index: number): FhirEntryResult => {
    const went = judged.went[index] ?? { to: "nowhere" };
    const item = went.to === "items" ? judged.batch.items[went.at] : undefined;
    const auditId =
      item?.kind === "audit"
        ? printFeedPlace({ sourceId, at: item.at, id: externalAuditId(sourceId, item) })
        : undefined;
    return resultOf({ entry, went, stored, auditId });
  };
  if (body.kind === "resource") return { form: "resource", result: resultAt(body.entry, 0) };
  const { isRefused, entries } = judged;
  return { form: "bundle", type: body.type, isRefused, results: entries.map(resultAt) };
}

async function keptWhole(
  sourceId: number,
  reject: Parameters<typeof keepRejects>[0]["rejects"][number],
  now: Date,
): Promise<AppError> {
  const [deadLetterId = ""] = await keepRejects({ sourceId, rejects: [reject], now });
  return new AppError("bad_request", "The body could not be read. It was kept as a dead letter.", {
    info: { reason: reject.reason, problem: reject.detail, deadLetterId },
  });
}

function unread(): AppError {
  return new AppError("internal", "A body was neither read nor refused.");
}
