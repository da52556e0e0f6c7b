import { z } from "zod";
import { isZone } from "@/lib/core/time/zone";

/** What DICOM leaves unsaid in most hospitals, and a person who knows the place can say. */
export type DicomPlace = {
  /** IANA zone of dates and times that name no offset. */
  readonly timeZone: string;
  /** Issuer of patient IDs that name none. */
  readonly assigningAuthority?: string | undefined;
  /** Issuer of accession numbers that name none. */
  readonly accessionIssuer?: string | undefined;
};

const emptyIsAbsent = (text: string) => (text === "" ? undefined : text);

/** Fields of every source that speaks DICOM. */
export const dicomPlaceFields = {
  timeZone: z.string().trim().refine(isZone, "must be a zone such as Europe/Berlin").default("UTC").meta({
    title: "Time zone",
    description:
      "Of the times in the archive, such as Europe/Berlin: DICOM stores them as the clock on the wall shows them.",
  }),
  assigningAuthority: z.string().trim().max(128).transform(emptyIsAbsent).optional().meta({
    title: "Assigning authority of patient IDs",
    description:
      "Where the archive does not name the issuer of a patient ID: the name that the HIS uses (CX.4). Left empty, such patients are shown and never matched.",
  }),
  accessionIssuer: z.string().trim().max(128).transform(emptyIsAbsent).optional().meta({
    title: "Issuer of accession numbers",
    description: "Where the archive does not name it. Accession numbers of two issuers are never one exam.",
  }),
};
