import { z } from "zod";
import { dicomPlaceFields } from "@/lib/core/formats/dicom/schema";
import { addressKind } from "@/lib/core/net/address";

/** Settings of a source that is asked by DIMSE, checked. */
export type DimseConfig = z.infer<typeof dimseConfigSchema>;

/** A name, or an address that an archive can have; only an IPv6 address holds colons. */
function isHost(text: string): boolean {
  const kind = addressKind(text);
  return kind === undefined ? /^[\w.-]+$/.test(text) : kind !== "forbidden";
}

const aeTitle = z
  .string()
  .trim()
  .regex(/^[\x20-\x5b\x5d-\x7e]{1,16}$/, "must be 1 to 16 plain characters");

export const dimseConfigSchema = z.object({
  host: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .refine(isHost, "must be a name or an address, without port")
    .meta({ title: "Host", description: "Name or address of the archive, such as pacs.example.org." }),
  port: z.coerce.number().int().min(1).max(65_535).default(104).meta({
    title: "Port",
    description: "Its DICOM port: 104, 4242 (Orthanc) or 11112 (dcm4chee) are usual.",
  }),
  calledAe: aeTitle.meta({
    title: "Its AE title",
    description: "The application entity title of the archive.",
  }),
  callingAe: aeTitle.default("SIGNALBOX").meta({
    title: "Our AE title",
    description: "What we call ourselves. Most archives must be told this title and our address first.",
  }),
  studies: z.enum(["yes", "no"]).default("yes").meta({
    title: "Search studies",
    description: "Whether the studies of the last days are searched (C-FIND, Study Root).",
  }),
  worklist: z.enum(["yes", "no"]).default("no").meta({
    title: "Search the worklist",
    description: "Whether scheduled steps are searched (Modality Worklist), where the server offers it.",
  }),
  daysBack: z.coerce.number().int().min(0).max(35).default(2).meta({
    title: "Days to search",
    description: "Studies and scheduled steps from so many days before today until tomorrow.",
  }),
  everySeconds: z.coerce.number().int().min(30).max(3_600).default(120).meta({
    title: "Seconds between searches",
    description: "A search costs the archive as much as a person who lists the same days at a workstation.",
  }),
  tls: z.enum(["off", "verify"]).default("off").meta({
    title: "Encryption",
    description:
      "verify: TLS, with a certificate of a known authority or of the one below. off: as most archives.",
  }),
  ca: z
    .string()
    .trim()
    .max(65_536)
    .refine(
      (text) => text === "" || text.includes("-----BEGIN CERTIFICATE-----"),
      "must be a PEM certificate",
    )
    .transform((text) => (text === "" ? undefined : text))
    .optional()
    .meta({
      title: "Certificate authority",
      multiline: true,
      description: "PEM certificate of your own authority, where the archive's certificate is signed by it.",
    }),
  ...dicomPlaceFields,
  timeoutSeconds: z.coerce.number().int().min(1).max(120).default(30).meta({
    title: "Time limit",
    description: "Seconds after which an association is given up.",
  }),
});
