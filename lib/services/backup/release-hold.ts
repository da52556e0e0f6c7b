import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { removeSetting } from "@/lib/db/settings";
import { command } from "../command";

/**
 * Lets everything that sends go on after a restore. The person confirms that the targets were read again.
 * @throws AppError not_found when nothing is held
 */
export const releaseHold = command({
  permission: "setting.write",
  input: z.object({ targetsRead: z.literal(true) }),
  run: async ({ tx }) => {
    if (!(await removeSetting(tx, "sendingHold"))) throw new AppError("not_found", "Nothing is held.");
  },
  audit: () => ({ action: "U", entityType: "sending-hold", entityId: "restore" }),
});
