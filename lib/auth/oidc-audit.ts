import { createHash, randomUUID } from "node:crypto";
import type { SsoRefusal } from "@/lib/core/sso/refusal";
import { appendAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";

/** Puts on record that somebody from the identity provider was not let in: by a digest of issuer and subject. */
export async function auditOidc(refused: {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly why: SsoRefusal;
  readonly now: Date;
}): Promise<void> {
  const { iss, sub } = refused.claims;
  const entityId = createHash("sha256").update(`${iss}\n${sub}`).digest("hex").slice(0, 16);
  await inTransaction((tx) =>
    appendAudit(tx, {
      at: refused.now,
      actorKind: "system",
      actorId: "sign-in",
      action: "E",
      permission: "sign-in",
      entityType: "identity-digest",
      entityId,
      outcome: "failure",
      detail: { by: "provider", reason: refused.why },
      requestId: randomUUID(),
    }),
  );
}
