import { AppError } from "@/lib/core/errors";
import { fhirPlaceOf } from "@/lib/core/formats/fhir/place";
import { readResource } from "@/lib/core/formats/fhir/read-resource";
import { leanedOn, resolverOf } from "@/lib/core/formats/fhir/references";
import type { Item, NormalisedBatch, Reject } from "@/lib/core/message/schema";
import type { FhirConfig } from "./config";
import { pageSchema, type ResourcesPage, type ServerPage } from "./wire";

/** Turns one page into items. Pure. A resource that cannot be understood is set aside by itself. @throws AppError bad_request for another wire */
export function normalise(wire: unknown, config: FhirConfig): NormalisedBatch {
  const page = pageSchema.safeParse(wire);
  if (!page.success) throw new AppError("bad_request", "This is not a page of a FHIR server.");
  return page.data.kind === "server" ? ofServer(page.data) : ofResources(page.data, config);
}

function ofResources({ readAtMs, resources, along }: ResourcesPage, config: FhirConfig): NormalisedBatch {
  const together = [...along, ...resources].map((resource) => ({ url: undefined, resource }));
  const resolve = resolverOf(together);
  const context = {
    place: fhirPlaceOf(config),
    receivedAt: new Date(readAtMs),
    resolve,
    hasLastingId: true,
  };
  const items: Item[] = [];
  const rejects: Reject[] = [];
  for (const raw of resources) {
    const reading = readResource(raw, context);
    if (reading.kind === "item") items.push(reading.item);
    if (reading.kind !== "refused") continue;
    const { reason, detail } = reading;
    const alone: ResourcesPage = {
      kind: "resources",
      readAtMs,
      resources: [raw],
      along: [...leanedOn(raw, resolve)],
    };
    rejects.push({ reason, detail, contentKind: "wire", payload: JSON.stringify(alone) });
  }
  return { items, rejects };
}

function ofServer({
  readAtMs,
  responseMs,
  clockSkewMs,
  version,
  previousVersion,
}: ServerPage): NormalisedBatch {
  const at = new Date(readAtMs);
  const items: Item[] = [{ kind: "gauge", metric: "responseMs", at, value: responseMs }];
  if (clockSkewMs !== undefined) items.push({ kind: "gauge", metric: "clockSkewMs", at, value: clockSkewMs });
  if (version !== undefined && previousVersion !== undefined && version !== previousVersion) {
    const detail = `${previousVersion} → ${version}`.slice(0, 256);
    items.push({ kind: "change", at, change: "version_changed", detail });
  }
  return { items, rejects: [] };
}
