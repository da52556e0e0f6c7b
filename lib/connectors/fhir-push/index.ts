import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { fhirWireSchema, readKept } from "@/lib/core/formats/fhir/body-batch";
import { fhirPlaceFields, fhirPlaceOf } from "@/lib/core/formats/fhir/place";
import type { Connector } from "../connector";

type FhirPushConfig = z.infer<typeof configSchema>;

const configSchema = z.object(fhirPlaceFields);

/**
 * A system that sends FHIR resources by itself, under a token or a client of its own. Nothing is polled; what came and could
 * not be stored is read again here.
 */
export const fhirPush: Connector<FhirPushConfig> = {
  kind: "fhir-push",
  title: "FHIR R4, sent to us",
  description:
    "Any system that sends audit events, orders, studies, reports or patients to the FHIR interface by itself.",
  config: configSchema,
  secrets: [],
  normalise: (wire, config) => {
    const parsed = fhirWireSchema.safeParse(wire);
    if (!parsed.success) throw new AppError("bad_request", "This is nothing that was sent over FHIR.");
    return readKept(parsed.data, fhirPlaceOf(config));
  },
};
