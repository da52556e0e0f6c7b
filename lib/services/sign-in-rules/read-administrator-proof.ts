import { z } from "zod";
import { env } from "@/lib/config/env";
import { administratorProofKey, administratorProofOf } from "@/lib/core/authz/administrator-proof";
import { readSetting } from "@/lib/db/settings";
import { query } from "@/lib/services/query";

/** Whether administrators must prove themselves by passkey for their own powers. @throws AppError forbidden */
export const readAdministratorProof = query({
  permission: "setting.write",
  input: z.object({}),
  disclosesPhi: false,
  run: async () => administratorProofOf(await readSetting(administratorProofKey), env().publicUrl),
});
