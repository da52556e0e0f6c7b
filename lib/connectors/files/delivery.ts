import path from "node:path";
import { parseTimeText } from "@/lib/core/formats/records/time-text";
import { ackCodes, type Outcome } from "@/lib/core/message/outcome";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import type { FilesConfig } from "./config";
import { type MappedField, type Mapping, mappedValue } from "./mapping";

/**
 * One record as a delivery. `id` stands for the message where the mapping names none. Of several records about one message
 * the one with the latest time counts. Answers with the field that is missing or cannot be read.
 */
export function deliveryOf(
  values: ReadonlyMap<string, string>,
  how: { readonly config: FilesConfig; readonly mapping: Mapping; readonly id: string },
): { readonly item: DeliveryObservation } | { readonly missing: MappedField } {
  const { config, mapping, id } = how;
  const text = (field: MappedField, most = 256) => mappedValue(mapping, field, values)?.slice(0, most);
  const time = (field: MappedField) => {
    const given = text(field);
    return given === undefined
      ? undefined
      : parseTimeText(given, { order: config.dayOrder, zone: config.timeZone });
  };
  const receivedAt = time("receivedAt");
  if (receivedAt === undefined) return { missing: "receivedAt" };
  const word = text("outcome");
  if (word === undefined) return { missing: "outcome" };
  const outcome = outcomeOf(word, config);
  const [sentAt, ackedAt] = [time("sentAt"), time("ackedAt")];
  const name = config.interfaceName || path.basename(config.folder);
  const given = {
    sentAt,
    ackedAt,
    latencyMs: countOf(text("latencyMs")),
    ackCode: ackCodes.find((code) => code === text("ackCode")?.toUpperCase()),
    errorText: text("errorText", 16_384),
    controlId: text("controlId"),
    messageType: text("messageType", 64),
    accession: text("accession", 64),
    orderNumber: text("orderNumber", 128),
    patient: patientOf(text("mrn", 64), text("mrnAuthority", 128) ?? config.mrnAuthority),
    sizeBytes: countOf(text("sizeBytes")),
    firstOutcome: outcome === "ok" || outcome === "failed" ? outcome : undefined,
  };
  const latest = Math.max(receivedAt.getTime(), sentAt?.getTime() ?? 0, ackedAt?.getTime() ?? 0);
  return {
    item: {
      kind: "delivery",
      interface: text("interface") ?? name.slice(0, 256),
      interfaceName: text("interface") ?? name.slice(0, 256),
      leg: text("leg") ?? "1",
      direction: "destination",
      messageId: text("messageId") ?? id,
      receivedAt,
      state: states[outcome],
      outcome,
      attempts: countOf(text("attempts")) ?? (outcome === "pending" || outcome === "filtered" ? 0 : 1),
      observedSeq: latest,
      ...withoutAbsent(given),
    },
  };
}

const states: Readonly<Record<Outcome, DeliveryObservation["state"]>> = {
  ok: "sent",
  failed: "error",
  filtered: "filtered",
  pending: "pending",
  unknown: "received",
};

/** A word that is none of those named says nothing that can be counted. */
function outcomeOf(word: string, config: FilesConfig): Outcome {
  const isOneOf = (list: string) =>
    list.split(",").some((one) => one.trim().toLowerCase() === word.toLowerCase());
  if (isOneOf(config.okWords)) return "ok";
  if (isOneOf(config.failedWords)) return "failed";
  return isOneOf(config.filteredWords) ? "filtered" : "unknown";
}

/** An MRN means nothing without its issuer. */
function patientOf(value: string | undefined, assigningAuthority: string) {
  return value === undefined || assigningAuthority === "" ? undefined : { value, assigningAuthority };
}

/** Whole numbers; a fraction is cut. Undefined for anything else. */
function countOf(text: string | undefined): number | undefined {
  const value = text !== undefined && /^\d{1,10}(\.\d+)?$/.test(text) ? Math.floor(Number(text)) : Number.NaN;
  return value <= 2_147_483_647 ? value : undefined;
}

type Given = { readonly [K in keyof DeliveryObservation]?: DeliveryObservation[K] | undefined };

function withoutAbsent(given: Given): Partial<DeliveryObservation> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
