import { z } from "zod";
import { dicomPlaceFields } from "@/lib/core/formats/dicom/schema";
import { addressField, fingerprintMissing, hasFingerprint, serverFields } from "../http/settings";

/** Settings of an Orthanc source, checked. */
export type OrthancConfig = z.infer<typeof orthancConfigSchema>;

export const orthancConfigSchema = z
  .object({
    url: addressField({
      example: "https://pacs.example.org:8042",
      description:
        "Where Orthanc's REST API answers, by default on port 8042: https://pacs.example.org:8042.",
    }),
    ...serverFields,
    ...dicomPlaceFields,
    backfillChanges: z.coerce.number().int().min(0).max(10_000_000).default(100_000).meta({
      title: "Changes to read back",
      description:
        "How many of the latest entries in Orthanc's log of changes are read at first; a study leaves about as many as it has instances.",
    }),
  })
  .refine(hasFingerprint, fingerprintMissing());
