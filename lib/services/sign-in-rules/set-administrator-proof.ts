import { env } from "@/lib/config/env";
import { administratorProofKey } from "@/lib/core/authz/administrator-proof";
import { passkeySiteOf } from "@/lib/core/authz/passkey-site";
import { administratorProofSchema } from "@/lib/core/authz/schema";
import { AppError } from "@/lib/core/errors";
import { putSetting } from "@/lib/db/settings";
import { command } from "@/lib/services/command";

/**
 * Holds administrators to passkeys for their own powers, or no longer; it bites with the next request. Input: { isOn }.
 * @throws AppError forbidden | bad_request | step_up_required | conflict where passkeys do not work
 */
export const setAdministratorProof = command({
  permission: "setting.write",
  input: administratorProofSchema,
  stepUp: true,
  run: async ({ tx, input, now }) => {
    if (input.isOn && passkeySiteOf(env().publicUrl).kind !== "offered") {
      throw new AppError(
        "conflict",
        "Passkeys do not work at the public address, so nobody could prove one.",
      );
    }
    await putSetting(tx, { key: administratorProofKey, value: input.isOn, now });
  },
  audit: ({ input }) => ({
    action: "U",
    entityType: "setting",
    entityId: administratorProofKey,
    detail: { isOn: input.isOn },
  }),
});
