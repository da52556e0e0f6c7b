import { z } from "zod";

/** One message: what it was about and its data set in the DICOM JSON model. JSON of it is the payload of a dead letter. */
export const wireSchema = z.object({
  kind: z.literal("step"),
  act: z.enum(["create", "set"]),
  instanceUid: z.string().regex(/^[0-9.]{1,64}$/),
  receivedAt: z.iso.datetime(),
  dataset: z.record(z.string(), z.unknown()),
});
export type MppsWire = z.infer<typeof wireSchema>;
