import { z } from "zod";

/** Tables whose sealed rows are sealed anew when the keys are rotated. */
export const resealedTables = [
  "source_secret",
  "totp_factor",
  "dead_letter",
  "patient_key",
  "notice_channel",
] as const;
export type ResealedTable = (typeof resealedTables)[number];

export const resealSchema = z.object({ table: z.enum(resealedTables) });
