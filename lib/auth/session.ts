import { randomUUID } from "node:crypto";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import type { UserActor } from "@/lib/core/authz/actor";
import { splitGrants } from "@/lib/core/authz/administrator-proof";
import type { Grant } from "@/lib/core/authz/role";
import { absoluteLimitMs, idleLimitMs, isIdle } from "@/lib/core/authz/session-limits";
import { newToken, tokenHash } from "@/lib/crypto/keyed-hash";
import { appendAudit } from "@/lib/db/audit";
import { findLiveBreakGlass } from "@/lib/db/break-glass";
import { listApproversOf } from "@/lib/db/deputies";
import { endSessionRow, findSession, insertSession, type SessionRow, touchSession } from "@/lib/db/sessions";
import { noteProviderFactor } from "@/lib/db/sso";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import type { Account } from "@/lib/db/users";
import { isAdministratorProofOn } from "./administrator-proof";

export { absoluteLimitMs, idleLimitMs };

/** Last seen is written at most this often: one write a minute instead of one a request. */
const touchEveryMs = 60_000;

export type { UserActor } from "@/lib/core/authz/actor";
export type LiveSession = { readonly session: SessionRow; readonly actor: UserActor };

/** A sign-in that starts a session. */
export type SessionStart = {
  readonly account: Account;
  readonly now: Date;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
  /** What an identity provider said, where the person comes from one. */
  readonly provider?: {
    /** When a second factor was proved there; undefined where none was, so that one is owed here. */
    readonly provedAt: Date | undefined;
    /** Whether it was one that counts as a passkey. */
    readonly isPasskey: boolean;
    /** Whether an account that was here before was connected to it just now. */
    readonly isConnected: boolean;
    readonly given: readonly Grant[];
    readonly taken: readonly Grant[];
  };
};

/** Starts a session and audits the sign-in. Answers with the token: the only time that it exists in clear. */
export async function startSession(start: SessionStart): Promise<string> {
  return inTransaction((tx) => startSessionIn(tx, start));
}

/** The same in a transaction that does more. */
export async function startSessionIn(tx: Transaction, start: SessionStart): Promise<string> {
  const { account, now, provider } = start;
  const token = newToken("sess");
  await insertSession(tx, {
    tokenHash: tokenHash(token),
    userId: account.id,
    now,
    expiresAt: new Date(now.getTime() + absoluteLimitMs),
    userAgent: start.userAgent?.slice(0, 300),
    address: start.address,
  });
  if (provider?.provedAt) {
    const { provedAt: at, isPasskey } = provider;
    await noteProviderFactor(tx, { tokenHash: tokenHash(token), at, isPasskey });
  }
  const detail =
    provider === undefined
      ? {}
      : {
          by: "provider",
          factor: providerFactor(provider),
          connected: provider.isConnected,
          given: provider.given.map(grantText),
          taken: provider.taken.map(grantText),
        };
  await appendAudit(tx, { ...signInLeaf({ now, userId: account.id, permission: "sign-in" }), detail });
  return token;
}

function providerFactor({ provedAt, isPasskey }: NonNullable<SessionStart["provider"]>): string {
  if (provedAt === undefined) return "owed";
  return isPasskey ? "passkey at provider" : "provider";
}

function grantText({ role, department }: Grant): string {
  return department === undefined ? role : `${role} in ${department}`;
}

/**
 * The session of a token, unless it ended, ran out, is locked or its account is disabled. Reading it is no use
 * of it: a page that refreshes by itself must not keep it alive (ASVS 7.3); see `noteUse`.
 */
export async function readSession(token: string, now: Date): Promise<LiveSession | undefined> {
  const found = await findSession(tokenHash(token));
  return found !== undefined && stateOf({ ...found, now }) === "open" ? liveOf(found, now) : undefined;
}

/** The session of a token that was idle too long after its second factor: its person may unlock it, and nothing else. */
export async function readLockedSession(token: string, now: Date): Promise<LiveSession | undefined> {
  const found = await findSession(tokenHash(token));
  return found !== undefined && stateOf({ ...found, now }) === "locked" ? liveOf(found, now) : undefined;
}

async function liveOf({ session, account }: Omit<Question, "now">, now: Date): Promise<LiveSession> {
  const { id, name, email } = account;
  const factorAt = session.mfaPassedAt;
  const isRuleOn = await isAdministratorProofOn(account);
  const grants = splitGrants(account.grants, { isRuleOn, factorKind: session.mfaKind });
  const breakGlassUntil = (await findLiveBreakGlass(id, now))?.endsAt;
  const isDeputy = (await listApproversOf(id, now)).length > 0;
  return {
    session,
    actor: { kind: "user", id, name, email, ...grants, factorAt, isDeputy, breakGlassUntil },
  };
}

/** A person did something: the idle time of their session begins anew. */
export async function noteUse({ session }: LiveSession, now: Date): Promise<void> {
  if (now.getTime() - session.lastSeenAt.getTime() < touchEveryMs) return;
  await touchSession(session.tokenHash, now);
}

/** Ends the session of a token at once, everywhere, and audits it. Nothing happens when there is none. */
export async function endSession(token: string, now: Date): Promise<void> {
  const found = await findSession(tokenHash(token));
  if (found === undefined) return;
  await endSessionOf({ tokenHash: tokenHash(token), userId: found.account.id, now });
}

/** Ends a session of a user at once, everywhere, and audits it. False when it was not running. */
export async function endSessionOf(which: {
  readonly tokenHash: Buffer;
  readonly userId: string;
  readonly now: Date;
}): Promise<boolean> {
  return inTransaction(async (tx) => {
    if (!(await endSessionRow(tx, which))) return false;
    await appendAudit(tx, signInLeaf({ ...which, permission: "sign-out" }));
    return true;
  });
}

function stateOf({ session, account, now }: Question): "open" | "locked" | "over" {
  if (session.endedAt || account.disabledAt || now >= session.expiresAt) return "over";
  if (!isIdle(session.lastSeenAt, now)) return "open";
  return session.mfaPassedAt === undefined ? "over" : "locked";
}
type Question = { readonly session: SessionRow; readonly account: Account; readonly now: Date };

type SignInEvent = {
  readonly now: Date;
  readonly userId: string;
  readonly permission: "sign-in" | "sign-out";
};

function signInLeaf(of: SignInEvent): AuditLeaf {
  return {
    at: of.now,
    actorKind: "user",
    actorId: of.userId,
    action: "E",
    permission: of.permission,
    entityType: "session",
    entityId: of.userId,
    outcome: "success",
    detail: {},
    requestId: randomUUID(),
  };
}
