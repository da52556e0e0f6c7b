import { env } from "@/lib/config/env";
import { administratorProofKey, administratorProofOf } from "@/lib/core/authz/administrator-proof";
import { readSetting } from "@/lib/db/settings";
import type { Account } from "@/lib/db/users";

/** Whether this person is an administrator who must prove a passkey here. Asked on every request, so that it bites at once. */
export async function isAdministratorProofOn({ grants }: Pick<Account, "grants">): Promise<boolean> {
  if (!grants.some(({ role }) => role === "administrator")) return false;
  return administratorProofOf(await readSetting(administratorProofKey), env().publicUrl).isOn;
}
