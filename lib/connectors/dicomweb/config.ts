import { z } from "zod";
import { dicomPlaceFields } from "@/lib/core/formats/dicom/schema";
import { addressField, fingerprintMissing, hasFingerprint, serverFields } from "../http/settings";

/** Settings of a DICOMweb source, checked. */
export type DicomwebConfig = z.infer<typeof dicomwebConfigSchema>;

export const dicomwebConfigSchema = z
  .object({
    url: addressField({
      example: "https://pacs.example.org/dicom-web",
      description:
        "The root of the archive's DICOMweb services, to which /studies is added, such as https://pacs.example.org/dicom-web or https://arc.example.org:8443/dcm4chee-arc/aets/DCM4CHEE/rs.",
    }),
    ...serverFields,
    ...dicomPlaceFields,
    daysBack: z.coerce.number().int().min(0).max(35).default(2).meta({
      title: "Days to search",
      description:
        "Studies are searched by their date, from so many days before today. An exam whose images come later than that is not seen.",
    }),
    everySeconds: z.coerce.number().int().min(30).max(3_600).default(120).meta({
      title: "Seconds between searches",
      description: "A search costs the archive as much as a person who lists the same days in a viewer.",
    }),
  })
  .refine(hasFingerprint, fingerprintMissing());
