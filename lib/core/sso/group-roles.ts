import { type Grant, isSameGrant, type Role } from "@/lib/core/authz/role";

/** What a group of the provider stands for; a null department means everywhere. */
export type GroupRole = { readonly group: string; readonly role: Role; readonly department: string | null };

/** Under this name stand grants that come from groups: they come and go with them, and touch no others. */
export const GRANTED_BY_GROUPS = "single-sign-on";

/** The roles that somebody's groups stand for, each once. Groups that nobody has mapped give nothing. */
export function grantsOfGroups(groups: readonly string[], mapping: readonly GroupRole[]): readonly Grant[] {
  const given = mapping
    .filter(({ group }) => groups.includes(group))
    .map(({ role, department }): Grant => ({ role, department: department ?? undefined }));
  return given.filter((grant, i) => given.findIndex((other) => isSameGrant(other, grant)) === i);
}

/** What is to be given and taken so that somebody who holds `held` by their groups holds `wanted`. */
export function changeOf(
  held: readonly Grant[],
  wanted: readonly Grant[],
): { readonly given: readonly Grant[]; readonly taken: readonly Grant[] } {
  const isIn = (grants: readonly Grant[]) => (grant: Grant) => grants.some((one) => isSameGrant(one, grant));
  const isHeld = isIn(held);
  const isWanted = isIn(wanted);
  return {
    given: wanted.filter((grant) => !isHeld(grant)),
    taken: held.filter((grant) => !isWanted(grant)),
  };
}
