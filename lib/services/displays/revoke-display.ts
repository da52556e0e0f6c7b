import { displayRefSchema } from "@/lib/core/display/schema";
import { AppError } from "@/lib/core/errors";
import { revokeDisplayRow } from "@/lib/db/displays";
import { command } from "@/lib/services/command";

/** Ends a screen: its next refresh shows nothing any more. Input: { id }. @throws AppError forbidden | bad_request | step_up_required | not_found */
export const revokeDisplay = command({
  permission: "display.write",
  input: displayRefSchema,
  stepUp: true,
  run: async ({ tx, input, now }) => {
    if (!(await revokeDisplayRow(tx, { id: input.id, now }))) {
      throw new AppError("not_found", "This screen is revoked already, or there is none.");
    }
  },
  audit: ({ input }) => ({ action: "D", entityType: "display", entityId: input.id }),
});
