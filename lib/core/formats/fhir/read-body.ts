import { z } from "zod";
import type { Reject } from "../../message/schema";
import { isNestedWithin } from "./nesting";
import type { FhirPlace } from "./place";
import { type FhirReading, fhirTypeOf, readResource } from "./read-resource";
import { leanedOn, resolverOf } from "./references";
import { anyResourceSchema, type FhirType, fhirTypes } from "./schema";

/** One thing that was sent, in its place: what it says, or why it is not looked at. */
export type FhirEntry = {
  readonly type: FhirType | undefined;
  readonly id: string | undefined;
  readonly reading: FhirReading | Declined;
  /** Body with which the entry alone can be read again to the same. */
  readonly alone: () => string;
};

/** Not taken, and not kept either: a request that asks for something else, or that its sender may not make. */
export type Declined = {
  readonly kind: "declined";
  readonly code: "forbidden" | "not-supported";
  readonly why: string;
};

export type FhirBody =
  /** Nothing in it can be told apart. */
  | { readonly kind: "refused"; readonly reason: Reject["reason"]; readonly detail: string }
  | { readonly kind: "too-many"; readonly count: number }
  | { readonly kind: "resource"; readonly entry: FhirEntry }
  | {
      readonly kind: "bundle";
      readonly type: BundleType;
      readonly entries: readonly FhirEntry[];
    };

export type BodyAsk = {
  readonly text: string;
  readonly place: FhirPlace;
  readonly receivedAt: Date;
  /** Whether a single resource was sent to the address that is its own (PUT). */
  readonly isUpdate: boolean;
  /** Whether the sender may send resources of a type. */
  readonly mayTake: (type: FhirType) => boolean;
};

/** A body is read at one go, during which nothing else is answered: so many take less than a second. */
export const MAX_FHIR_ENTRIES = 2_000;

/** `batch`, `transaction`: requests. `collection`, `message`: resources that belong together. */
const bundleTypes = ["batch", "transaction", "collection", "message"] as const;
type BundleType = (typeof bundleTypes)[number];

const bundleSchema = z.object({
  resourceType: z.literal("Bundle"),
  type: z.string(),
  entry: z
    .array(
      z.object({
        fullUrl: z.string().optional(),
        resource: z.unknown(),
        request: z.object({ method: z.string(), url: z.string() }).optional(),
      }),
    )
    .optional(),
});
type BundleEntry = NonNullable<z.infer<typeof bundleSchema>["entry"]>[number];

/** Reads a body that was sent to the FHIR interface: a resource, or a bundle of them. Pure; never throws. */
export function readFhirBody(ask: BodyAsk): FhirBody {
  const raw = parseJson(ask.text);
  if (raw === undefined) return { kind: "refused", reason: "unparseable", detail: "The body is not JSON." };
  if (!isNestedWithin(raw, MAX_DEPTH)) {
    return { kind: "refused", reason: "invalid_item", detail: "nested more deeply than is read" };
  }
  if (z.object({ resourceType: z.literal("Bundle") }).safeParse(raw).success) return readBundle(raw, ask);
  const lone = { resource: raw, alone: () => ask.text, isUpdate: ask.isUpdate };
  return { kind: "resource", entry: entryOf(lone, ask, () => undefined) };
}

const MAX_DEPTH = 70;

function readBundle(raw: unknown, ask: BodyAsk): FhirBody {
  const parsed = bundleSchema.safeParse(raw);
  const type = bundleTypes.find((known) => known === parsed.data?.type);
  if (!parsed.success || type === undefined) {
    const detail = "Not a bundle of type batch, transaction, collection or message.";
    return { kind: "refused", reason: "unknown_shape", detail };
  }
  const given = parsed.data.entry ?? [];
  if (given.length > MAX_FHIR_ENTRIES) return { kind: "too-many", count: given.length };
  const resolve = resolverOf(given.map(({ fullUrl, resource }) => ({ url: fullUrl, resource })));
  const isAsked = type === "batch" || type === "transaction";
  const entries = given.map((entry): FhirEntry => {
    const { resource, request } = entry;
    const declined = isAsked ? declineRequest(entry) : undefined;
    const isUpdate = request?.method === "PUT" && !request.url.includes("?");
    const alone = () => aloneText(entry, leanedOn(resource, resolve));
    if (declined !== undefined) return { ...namedBy(resource), reading: declined, alone };
    if (!isAsked && fhirTypeOf(resource) === undefined) {
      const why = "Its type is not kept; it served to read the others.";
      return { ...namedBy(resource), reading: { kind: "nothing", why }, alone };
    }
    return entryOf({ resource, alone, isUpdate }, ask, resolve);
  });
  return { kind: "bundle", type, entries };
}

type Lone = { readonly resource: unknown; readonly alone: () => string; readonly isUpdate: boolean };

function entryOf(lone: Lone, ask: BodyAsk, resolve: (reference: string | undefined) => unknown): FhirEntry {
  const { resource, alone, isUpdate } = lone;
  const named = namedBy(resource);
  const { type } = named;
  if (type !== undefined && !ask.mayTake(type)) {
    const reading = {
      kind: "declined",
      code: "forbidden",
      why: `It needs the scope system/${type}.c.`,
    } as const;
    return { ...named, reading, alone };
  }
  const { place, receivedAt } = ask;
  const reading = readResource(resource, { place, receivedAt, resolve, hasLastingId: isUpdate });
  return { ...named, reading, alone };
}

function namedBy(resource: unknown): Pick<FhirEntry, "type" | "id"> {
  return { type: fhirTypeOf(resource), id: anyResourceSchema.safeParse(resource).data?.id };
}

/** Only what adds or renews a resource, at the address of its type, is taken. */
function declineRequest({ resource, request }: BundleEntry): Declined | undefined {
  const not = (why: string): Declined => ({ kind: "declined", code: "not-supported", why });
  if (request === undefined) return not("An entry of a batch or a transaction needs a request.");
  if (request.method !== "POST" && request.method !== "PUT") return not("Only POST and PUT are taken.");
  const type = fhirTypeOf(resource);
  const [asked = ""] = request.url.split(/[/?]/);
  if (type !== undefined && asked !== type) return not("The request names another type than the resource.");
  if (type === "AuditEvent" && request.method === "PUT") return not("An audit event is not changed.");
  return undefined;
}

/** A bundle of the entry with what it leans on. */
function aloneText(entry: BundleEntry, others: readonly unknown[]): string {
  const { resource, request } = entry;
  const known = new Set<string>(fhirTypes);
  // What is not taken by itself is read again by itself: in a collection it would be passed over.
  if (!known.has(fhirTypeOf(resource) ?? "")) return JSON.stringify(resource ?? null);
  const requestOf = (type: string) => ({ method: "POST", url: type });
  const own = { resource, request: request ?? requestOf(fhirTypeOf(resource) ?? "") };
  const along = others.map((one) => ({ resource: one, request: requestOf(fhirTypeOf(one) ?? "") }));
  return JSON.stringify({ resourceType: "Bundle", type: "batch", entry: [own, ...along] });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
