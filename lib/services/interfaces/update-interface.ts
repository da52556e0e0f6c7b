import { z } from "zod";
import { isWithin } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { interfaceDetailsSchema } from "@/lib/core/interface/schema";
import { changeInterfaceDetails } from "@/lib/db/interface-details";
import { command } from "@/lib/services/command";

/**
 * Says who owns an interface, who sends, what it carries and how much it matters.
 * @throws AppError forbidden | bad_request | not_found
 */
export const updateInterface = command({
  permission: "interface.write",
  input: interfaceDetailsSchema.extend({ interfaceId: z.coerce.number().int().positive() }),
  run: async ({ tx, input, reach }): Promise<readonly string[]> => {
    const { interfaceId, ...details } = input;
    if (!isWithin(reach, details.department)) {
      throw new AppError("forbidden", "An interface can only be given to a department of your own.");
    }
    const changed = await changeInterfaceDetails(tx, { interfaceId, details, reach });
    if (changed === undefined) throw new AppError("not_found", "There is no such interface.");
    return changed;
  },
  audit: ({ input, result }) => ({
    action: "U",
    entityType: "interface",
    entityId: String(input.interfaceId),
    detail: { changed: result },
  }),
});
