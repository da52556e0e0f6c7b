import { z } from "zod";

/** Which custom column of a channel holds what, as a person confirmed it. Absent = the channel does not carry it. */
export const columnMappingSchema = z.object({
  controlId: z.string().optional(),
  accession: z.string().optional(),
  orderNumber: z.string().optional(),
  mrn: z.string().optional(),
  /** CX.4 of every MRN of the channel: an MRN means nothing without its issuer. */
  mrnAuthority: z.string().optional(),
});
