import type { OidcSettings } from "@/lib/config/oidc";
import { isFactorFresh } from "@/lib/core/authz/step-up";
import { changeOf, grantsOfGroups } from "@/lib/core/sso/group-roles";
import type { SsoRefusal } from "@/lib/core/sso/refusal";
import { areGroupsElsewhere, type Claims, claimsSchema, groupsSchema } from "@/lib/core/sso/schema";
import { isPasskeyProved, isSecondFactorProved, provedAt } from "@/lib/core/sso/second-factor";
import { isEmergencyAccount } from "@/lib/db/emergency";
import { lockPeople } from "@/lib/db/people";
import {
  applyGroupGrants,
  findByIdentity,
  hasIdentity,
  type Identity,
  insertFromProvider,
  insertIdentity,
  listGroupGrants,
  listGroupRoles,
  touchIdentity,
} from "@/lib/db/sso";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import type { Account } from "@/lib/db/users";
import { auditOidc } from "./oidc-audit";
import { endSessionOf, type LiveSession, startSessionIn } from "./session";

export type OidcAttempt = {
  /** Of an ID token whose signature, issuer, audience, time and nonce are checked. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly settings: OidcSettings;
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
  /** The session that this browser had before, where it lives. */
  readonly before: LiveSession | undefined;
  /** Whether whoever holds that session asked to have their account connected. */
  readonly isConnecting: boolean;
  readonly now: Date;
};

export type OidcAnswer =
  | { readonly kind: "in"; readonly token: string }
  | { readonly kind: "refused"; readonly why: SsoRefusal };

/**
 * Lets in whoever comes from the identity provider, or says why not. The account is found by issuer and subject alone;
 * who has none gets one when a group of theirs stands for a role, and who asks for it under their account, by a fresh
 * factor, has theirs connected. Roles follow the groups each time.
 */
export async function signInByProvider(attempt: OidcAttempt): Promise<OidcAnswer> {
  const claims = claimsSchema.safeParse(attempt.claims);
  const groups = groupsSchema.parse(attempt.claims[attempt.settings.groupsClaim] ?? []);
  const answer: OidcAnswer = !claims.success
    ? { kind: "refused", why: "unusable" }
    : areGroupsElsewhere(attempt.claims, attempt.settings.groupsClaim)
      ? { kind: "refused", why: "too-many-groups" }
      : await inTransaction((tx) => admit(tx, { ...attempt, claims: claims.data, groups }));
  if (answer.kind === "refused") await auditOidc({ ...attempt, why: answer.why });
  else if (attempt.before) await endBefore(attempt.before, attempt.now);
  return answer;
}

type Visit = Omit<OidcAttempt, "claims"> & { readonly claims: Claims; readonly groups: readonly string[] };

async function admit(tx: Transaction, visit: Visit): Promise<OidcAnswer> {
  const { claims, settings, now } = visit;
  await lockPeople(tx);
  const wanted = grantsOfGroups(visit.groups, await listGroupRoles(tx));
  const found = await findOrMake(tx, { visit, mayMake: wanted.length > 0 });
  if (typeof found === "string") return { kind: "refused", why: found };
  const { account, isConnected } = found;
  if (account.disabledAt !== undefined || (await isEmergencyAccount(tx, account.id))) {
    return { kind: "refused", why: "closed" };
  }
  const change = changeOf(await listGroupGrants(tx, account.id), wanted);
  await applyGroupGrants(tx, { userId: account.id, ...change, now });
  await touchIdentity(tx, identityOf(claims), now);
  const isPasskey = isPasskeyProved(claims, settings.passkey);
  const isProved = isPasskey || isSecondFactorProved(claims, settings.mfaAcr);
  const { userAgent, address } = visit;
  const provider = {
    provedAt: isProved ? provedAt(claims, now) : undefined,
    isPasskey,
    isConnected,
    ...change,
  };
  const token = await startSessionIn(tx, { account, now, userAgent, address, provider });
  return { kind: "in", token };
}

type Found = { readonly account: Account; readonly isConnected: boolean };

async function findOrMake(
  tx: Transaction,
  { visit, mayMake }: { readonly visit: Visit; readonly mayMake: boolean },
): Promise<Found | SsoRefusal> {
  const { claims, before, now } = visit;
  const identity = identityOf(claims);
  const known = await findByIdentity(tx, identity);
  if (known !== undefined) return { account: known, isConnected: false };
  if (visit.isConnecting) return connect(tx, { identity, before, now });
  if (!mayMake) return "no-role";
  const email = claims.email ?? claims.preferred_username;
  if (email === undefined) return "no-address";
  const made = await insertFromProvider(tx, { email, name: claims.name ?? email, now });
  if (made === undefined) return "address-taken";
  await insertIdentity(tx, { ...identity, userId: made.id, now });
  return { account: made, isConnected: false };
}

/** Connects the account of the session before, where its holder has just proved a factor and nobody is connected yet. */
async function connect(
  tx: Transaction,
  ask: { readonly identity: Identity; readonly before: LiveSession | undefined; readonly now: Date },
): Promise<Found | SsoRefusal> {
  const { identity, before, now } = ask;
  if (before === undefined || !isFactorFresh(before.actor, now)) return "not-fresh";
  const { id: userId } = before.actor;
  if (await hasIdentity(tx, userId)) return "closed";
  if (await isEmergencyAccount(tx, userId)) return "closed";
  await insertIdentity(tx, { ...identity, userId, now });
  const account = await findByIdentity(tx, identity);
  return account === undefined ? "unusable" : { account, isConnected: true };
}

function identityOf({ iss, sub }: Claims): Identity {
  return { issuer: iss, subject: sub };
}

async function endBefore({ session, actor }: LiveSession, now: Date): Promise<void> {
  await endSessionOf({ tokenHash: session.tokenHash, userId: actor.id, now });
}
