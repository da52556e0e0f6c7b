import { z } from "zod";
import { fhirPlaceFields } from "@/lib/core/formats/fhir/place";
import type { FhirType } from "@/lib/core/formats/fhir/schema";
import { isSourceAddress } from "@/lib/core/net/target";
import { addressField, fingerprintMissing, hasFingerprint, serverFields } from "../http/settings";

/** Settings of a FHIR server that is read, checked. */
export type FhirConfig = z.infer<typeof fhirConfigSchema>;

const yesOrNo = z.enum(["yes", "no"]);

export const fhirConfigSchema = z
  .object({
    url: addressField({
      example: "https://fhir.example.org/r4",
      description:
        "The base address of the FHIR R4 server, to which /Patient or /metadata is added: https://fhir.example.org/r4.",
    }),
    ...serverFields,
    tokenUrl: z
      .string()
      .trim()
      .max(500)
      .refine((text) => text === "" || isSourceAddress(text), "must be an address")
      .default("")
      .meta({
        title: "Token address",
        description:
          "Where an access token is asked for with client credentials (OAuth 2.0). Empty: user name and password, or a bearer token that does not change.",
      }),
    clientId: z.string().trim().max(255).default("").meta({
      title: "Client",
      description: "As whom a token is asked for; its secret is entered below.",
    }),
    scope: z
      .string()
      .trim()
      .max(500)
      .default("system/*.rs")
      .meta({ title: "Scope", description: "What the token is asked for." }),
    orders: yesOrNo.default("yes").meta({
      title: "Read orders",
      description: "Whether resources of the type ServiceRequest are read.",
    }),
    studies: yesOrNo.default("yes").meta({
      title: "Read studies",
      description: "Whether resources of the type ImagingStudy are read.",
    }),
    reports: yesOrNo.default("yes").meta({
      title: "Read reports",
      description: "Whether resources of the type DiagnosticReport are read.",
    }),
    patients: yesOrNo.default("yes").meta({
      title: "Read patients",
      description: "Whether resources of the type Patient are read.",
    }),
    auditEvents: yesOrNo.default("no").meta({
      title: "Read audit events",
      description: "Whether resources of the type AuditEvent are read, where the server keeps them.",
    }),
    patientsAlong: yesOrNo.default("yes").meta({
      title: "Patients along with the rest",
      description:
        "Whether each order, study and report is asked for with its patient (_include). Without, those that name her by a link alone are matched with nobody.",
    }),
    reportCategory: z.string().trim().max(200).default("").meta({
      title: "Category of reports",
      description:
        "Only reports of this category are read, such as http://terminology.hl7.org/CodeSystem/v2-0074|RAD. Empty: all, also those of the laboratory.",
    }),
    ...fhirPlaceFields,
    daysBack: z.coerce.number().int().min(0).max(35).default(2).meta({
      title: "Days to read back",
      description: "At first, what was written in the last so many days is read.",
    }),
    everySeconds: z.coerce.number().int().min(15).max(3_600).default(60).meta({
      title: "Seconds between searches",
      description: "Each chosen type is searched that often for what was written since.",
    }),
  })
  .refine(hasFingerprint, fingerprintMissing())
  .refine(({ tokenUrl, clientId }) => tokenUrl === "" || clientId !== "", {
    path: ["clientId"],
    message: "is needed to ask for a token",
  });

/** The setting by which each type is chosen. */
const chosenBy: Readonly<Record<FhirType, "orders" | "studies" | "reports" | "patients" | "auditEvents">> = {
  ServiceRequest: "orders",
  ImagingStudy: "studies",
  DiagnosticReport: "reports",
  Patient: "patients",
  AuditEvent: "auditEvents",
};

export function isChosen(type: FhirType, config: FhirConfig): boolean {
  return config[chosenBy[type]] === "yes";
}
