import { type Grant, roles } from "@/lib/core/authz/role";
import { GRANTED_BY_GROUPS, type GroupRole } from "@/lib/core/sso/group-roles";
import { database } from "./client";
import { deleteGrant, insertGrant } from "./role-grants";
import type { Transaction } from "./transaction";
import { type Account, accountOf, withGrants } from "./users";

/** Somebody at a provider. Nothing else says who they are: addresses change hands (OpenID Connect Core, 5.7). */
export type Identity = { readonly issuer: string; readonly subject: string };

/** Whose account somebody at a provider has here. */
export async function findByIdentity(tx: Transaction, identity: Identity): Promise<Account | undefined> {
  const row = await tx.ssoIdentity.findUnique({
    where: { issuer_subject: { issuer: identity.issuer, subject: identity.subject } },
    include: { user: { include: withGrants } },
  });
  return row === null ? undefined : accountOf(row.user);
}

export async function insertIdentity(
  tx: Transaction,
  link: Identity & { readonly userId: string; readonly now: Date },
): Promise<void> {
  const { issuer, subject, userId, now } = link;
  await tx.ssoIdentity.create({ data: { issuer, subject, userId, linkedAt: now } });
}

export async function touchIdentity(
  tx: Transaction,
  { issuer, subject }: Identity,
  now: Date,
): Promise<void> {
  await tx.ssoIdentity.update({
    where: { issuer_subject: { issuer, subject } },
    data: { lastSignInAt: now },
  });
}

/** Whether a person signs in at a provider. */
export async function hasIdentity(tx: Transaction, userId: string): Promise<boolean> {
  return (await tx.ssoIdentity.count({ where: { userId } })) > 0;
}

/** Who signs in at a provider, by user id. */
export async function listProviderPeople(): Promise<ReadonlySet<string>> {
  const rows = await database().prisma.ssoIdentity.findMany({ select: { userId: true } });
  return new Set(rows.map(({ userId }) => userId));
}

/** Notes on a session that a second factor was proved at the provider, and when. */
export async function noteProviderFactor(
  tx: Transaction,
  proved: { readonly tokenHash: Buffer; readonly at: Date; readonly isPasskey: boolean },
): Promise<void> {
  await tx.session.update({
    where: { tokenHash: new Uint8Array(proved.tokenHash) },
    data: { mfaPassedAt: proved.at, mfaKind: proved.isPasskey ? "passkey" : "provider" },
  });
}

/** Makes the account of somebody who comes from a provider: without a password. Undefined when the address is taken. */
export async function insertFromProvider(
  tx: Transaction,
  person: { readonly email: string; readonly name: string; readonly now: Date },
): Promise<Account | undefined> {
  const { email, name, now } = person;
  const rows = await tx.user.createManyAndReturn({
    data: [{ email, name, passwordHash: "", createdAt: now, joinedAt: now }],
    skipDuplicates: true,
  });
  return rows[0] === undefined ? undefined : accountOf({ ...rows[0], grants: [] });
}

/** What a person holds by their groups. */
export async function listGroupGrants(tx: Transaction, userId: string): Promise<readonly Grant[]> {
  const rows = await tx.roleGrant.findMany({ where: { userId, grantedBy: GRANTED_BY_GROUPS } });
  return rows.flatMap(({ role: text, department }) => {
    const role = roles.find((one) => one === text);
    return role === undefined ? [] : [{ role, department: department ?? undefined }];
  });
}

/** Gives and takes what groups stand for. What a person holds by a grant of their own stays theirs. */
export async function applyGroupGrants(
  tx: Transaction,
  change: {
    readonly userId: string;
    readonly given: readonly Grant[];
    readonly taken: readonly Grant[];
    readonly now: Date;
  },
): Promise<void> {
  const { userId, now } = change;
  for (const grant of change.taken) await deleteGrant(tx, { userId, grant });
  for (const grant of change.given) await insertGrant(tx, { userId, grant, by: GRANTED_BY_GROUPS, now });
}

export type MappedGroup = GroupRole & {
  readonly id: string;
  readonly mappedAt: Date;
  readonly mappedBy: string;
};

/** What groups stand for, by name. Roles that this version does not know stand for nothing. */
export async function listGroupRoles(tx: Transaction = database().prisma): Promise<readonly MappedGroup[]> {
  const rows = await tx.groupRole.findMany({ orderBy: [{ groupName: "asc" }, { role: "asc" }] });
  return rows.flatMap((row) => {
    const role = roles.find((one) => one === row.role);
    const { id, groupName, department, mappedAt, mappedBy } = row;
    return role === undefined ? [] : [{ id, group: groupName, role, department, mappedAt, mappedBy }];
  });
}

/** False when the group stands for this already. */
export async function insertGroupRole(
  tx: Transaction,
  mapping: GroupRole & { readonly by: string; readonly now: Date },
): Promise<boolean> {
  const { group, role, department, by, now } = mapping;
  const { count } = await tx.groupRole.createMany({
    data: [{ groupName: group, role, department, mappedBy: by, mappedAt: now }],
    skipDuplicates: true,
  });
  return count > 0;
}

/** What the mapping was; undefined when there is none. */
export async function deleteGroupRole(tx: Transaction, id: string): Promise<MappedGroup | undefined> {
  const found = (await listGroupRoles(tx)).find((one) => one.id === id);
  if (found !== undefined) await tx.groupRole.deleteMany({ where: { id } });
  return found;
}

/** Takes a role from everybody who holds it by a group. Answers how many held it. */
export async function takeGroupGrants(
  tx: Transaction,
  { role, department }: Pick<GroupRole, "role" | "department">,
): Promise<number> {
  const { count } = await tx.roleGrant.deleteMany({
    where: { role, department, grantedBy: GRANTED_BY_GROUPS },
  });
  return count;
}
