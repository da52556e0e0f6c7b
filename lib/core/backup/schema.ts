import { z } from "zod";

/** The key under which a wish for a backup stands until a worker has fulfilled it. */
export const backupRequestKey = "backupRequest";

/** A person's wish for a backup now: when it was uttered first. */
export const backupRequestSchema = z.object({ askedAt: z.iso.datetime() }).readonly();
