import { z } from "zod";
import { workKinds } from "./claim";

export const workItemSchema = z.object({ kind: z.enum(workKinds), id: z.string().min(1).max(64) });

export const claimRefSchema = z.object({ claimId: z.uuid() });
