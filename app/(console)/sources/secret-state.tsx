import { StatusWord } from "@/components/ui/status-word";
import { type AccessToken, isUnused, UNUSED_DAYS } from "@/lib/core/access-token/schema";

type SecretStateProps = {
  readonly of: Pick<AccessToken, "createdAt" | "lastUsedAt" | "expiresAt" | "revokedAt">;
  readonly now: Date;
};

/** Whether a token or a client is in force; one that nobody uses is better revoked. */
export function SecretState({ of, now }: SecretStateProps) {
  if (of.revokedAt) return <StatusWord state="excluded">Revoked</StatusWord>;
  if (of.expiresAt && of.expiresAt <= now) return <StatusWord state="excluded">Expired</StatusWord>;
  if (isUnused(of, now)) return <StatusWord state="warning">Unused for {UNUSED_DAYS} days</StatusWord>;
  return <StatusWord state="ok">Valid</StatusWord>;
}
