import { z } from "zod";
import { type OwnPolling, ownPollingFields, ownPollingOf } from "../atna/own-polling";

/** What FHIR leaves unsaid in most hospitals, and a person who knows the place can say. */
export type FhirPlace = {
  /** Of patient identifiers without a system. */
  readonly assigningAuthority: string | undefined;
  /** Of accession numbers without a system. */
  readonly accessionIssuer: string | undefined;
  readonly own: OwnPolling;
};

/** Fields of every source that speaks FHIR. */
export const fhirPlaceFields = {
  assigningAuthority: z.string().trim().max(128).default("").meta({
    title: "Assigning authority",
    description:
      "Of patient identifiers that come without a system. Empty: such identifiers are shown, and no patient is found by them.",
  }),
  accessionIssuer: z.string().trim().max(128).default("").meta({
    title: "Issuer of accession numbers",
    description:
      "Where an identifier of type ACSN names no system. Accession numbers of two issuers are never one exam.",
  }),
  ...ownPollingFields,
};

export const fhirPlaceSchema = z.object(fhirPlaceFields);

export function fhirPlaceOf(config: z.infer<typeof fhirPlaceSchema>): FhirPlace {
  return {
    assigningAuthority: config.assigningAuthority || undefined,
    accessionIssuer: config.accessionIssuer || undefined,
    own: ownPollingOf(config),
  };
}
