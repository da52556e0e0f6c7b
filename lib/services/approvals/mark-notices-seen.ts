import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { markSeen } from "@/lib/db/notices";
import { command } from "@/lib/services/command";

/** Says that a person has read all notices. Answers with how many were new. @throws AppError forbidden */
export const markNoticesSeen = command({
  permission: "approval.read",
  input: z.object({}),
  run: async ({ tx, actor, now }): Promise<number> => {
    if (actor.kind !== "user") throw new AppError("forbidden", "Only people read notices.");
    return markSeen(tx, { permission: "approval.read", userId: actor.id, now });
  },
  audit: ({ result }) => ({ action: "U", entityType: "notice", entityId: "all", detail: { seen: result } }),
});
