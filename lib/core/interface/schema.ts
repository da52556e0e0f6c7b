import { z } from "zod";
import { criticalities } from "./signs";

const shortText = z
  .string()
  .trim()
  .max(120)
  .transform((text) => (text === "" ? null : text));

/** What people say of an interface; the engine knows none of it. Empty text means "not said". */
export const interfaceDetailsSchema = z.object({
  sender: shortText,
  messageClass: shortText,
  department: shortText,
  owner: shortText,
  criticality: z.enum(criticalities),
});
export type InterfaceDetails = z.output<typeof interfaceDetailsSchema>;
