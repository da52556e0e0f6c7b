import { newPasskeySchema, passkeyRefSchema, passkeyRenameSchema } from "@/lib/core/account/schema";
import { AppError } from "@/lib/core/errors";
import { appendAudit } from "@/lib/db/audit";
import { countFactors, deletePasskey, listPasskeys, lockFactors, renamePasskey } from "@/lib/db/passkeys";
import { inTransaction } from "@/lib/db/transaction";
import { addPasskey, askForNewPasskey } from "./add-passkey";
import { anySession, lockedSession, renewSessionCookie, requireSession } from "./current-actor";
import { requireFreshFactor } from "./fresh-factor";
import { askForPasskey } from "./prove-passkey";
import { secondFactorLeaf } from "./second-factor-audit";

/** A passkey as its person sees it. */
export type MyPasskey = {
  readonly id: string;
  readonly name: string;
  readonly isBackedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | undefined;
};

/** The passkeys of whoever makes this request, oldest first. @throws AppError unauthenticated */
export async function listMyPasskeys(): Promise<readonly MyPasskey[]> {
  const passkeys = await listPasskeys((await requireSession()).actor.id);
  return passkeys.map(({ id, name, isBackedUp, createdAt, lastUsedAt }) => ({
    id,
    name,
    isBackedUp,
    createdAt,
    lastUsedAt,
  }));
}

/** What the browser behind this request needs to have a passkey sign, also to unlock. @throws AppError unauthenticated | not_found | not_available */
export async function askMyPasskey(): ReturnType<typeof askForPasskey> {
  return askForPasskey((await lockedSession()) ?? (await anySession()), new Date());
}

/** What it needs to make a new one. @throws AppError unauthenticated | step_up_required | conflict | not_available */
export async function askMyNewPasskey(): ReturnType<typeof askForNewPasskey> {
  return askForNewPasskey(await anySession(), new Date());
}

/**
 * Keeps the passkey { name, answer } that the browser behind this request has made. Answers with recovery codes where it
 * is the first factor. @throws AppError unauthenticated | bad_request | step_up_required | rate_limited | conflict
 */
export async function addMyPasskey(rawInput: unknown): Promise<readonly string[]> {
  const live = await anySession();
  const given = newPasskeySchema.safeParse(rawInput);
  if (!given.success) throw new AppError("bad_request", "Give the passkey a name of at most 60 letters.");
  const now = new Date();
  const { token, recoveryCodes } = await addPasskey(live, { ...given.data, now });
  await renewSessionCookie({ token, expiresAt: live.session.expiresAt, now });
  return recoveryCodes;
}

/** Gives a passkey of one's own another { name }. @throws AppError unauthenticated | bad_request | not_found */
export async function renameMyPasskey(rawInput: unknown): Promise<void> {
  const live = await requireSession();
  const given = passkeyRenameSchema.safeParse(rawInput);
  if (!given.success) throw new AppError("bad_request", "Give the passkey a name of at most 60 letters.");
  const { id, name } = given.data;
  const userId = live.actor.id;
  await inTransaction(async (tx) => {
    if (!(await renamePasskey(tx, { id, userId, name }))) throw noSuchPasskey();
    const what = "passkey-renamed";
    const leaf = { userId, now: new Date(), action: "U", outcome: "success", what, passkey: id } as const;
    await appendAudit(tx, secondFactorLeaf(leaf));
  });
}

/**
 * Removes a passkey of one's own, after a fresh factor. The last factor stays.
 * @throws AppError unauthenticated | bad_request | step_up_required | not_found | conflict
 */
export async function removeMyPasskey(rawInput: unknown): Promise<void> {
  const live = await requireSession();
  const given = passkeyRefSchema.safeParse(rawInput);
  if (!given.success) throw new AppError("bad_request", "Say which passkey.");
  const now = new Date();
  await requireFreshFactor(live, now);
  await removePasskey({ id: given.data.id, userId: live.actor.id, now });
}

/** Removes a passkey unless it is the last factor; of two at once the second sees what the first left. @throws AppError not_found | conflict */
export async function removePasskey(which: {
  readonly id: string;
  readonly userId: string;
  readonly now: Date;
}): Promise<void> {
  const { id, userId, now } = which;
  await inTransaction(async (tx) => {
    await lockFactors(tx, userId);
    if (!(await deletePasskey(tx, { id, userId }))) throw noSuchPasskey();
    if ((await countFactors(tx, userId)) === 0) {
      throw new AppError("conflict", "This is your last second factor. Add another one first.");
    }
    const what = "passkey-removed";
    const leaf = { userId, now, action: "D", outcome: "success", what, passkey: id } as const;
    await appendAudit(tx, secondFactorLeaf(leaf));
  });
}

function noSuchPasskey(): AppError {
  return new AppError("not_found", "There is no such passkey any more.");
}
