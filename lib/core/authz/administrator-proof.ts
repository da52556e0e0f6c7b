import type { UserActor } from "./actor";
import { passkeySiteOf } from "./passkey-site";
import { can, type Permission } from "./policy";
import type { Grant, Role } from "./role";
import type { FactorKind } from "./step-up";

/** Key of the setting: true or false where an administrator has decided. */
export const administratorProofKey = "administratorsByPasskey";

/** Whether administrators must prove themselves by passkey for their own powers, and why so. */
export type AdministratorProof = {
  readonly isOn: boolean;
  /** Nobody has decided: on over HTTPS, where passkeys work, and off elsewhere. */
  readonly isDefault: boolean;
  /** Passkeys do not work at the public address, so that none can be asked for. */
  readonly isPossible: boolean;
};

/** The rule in force, from what is set and where the product is served. */
export function administratorProofOf(setting: unknown, publicUrl: string): AdministratorProof {
  const isPossible = passkeySiteOf(publicUrl).kind === "offered";
  const decided = typeof setting === "boolean" ? setting : undefined;
  return {
    isOn: isPossible && (decided ?? publicUrl.startsWith("https:")),
    isDefault: decided === undefined,
    isPossible,
  };
}

/** The roles whose powers wait for a passkey while the rule is on. */
const provedRoles: readonly Role[] = ["administrator"];

/** Grants that count in a session, and those that wait until a passkey is proved in it. */
export function splitGrants(
  grants: readonly Grant[],
  by: { readonly isRuleOn: boolean; readonly factorKind: FactorKind | undefined },
): { readonly grants: readonly Grant[]; readonly withheld: readonly Grant[] } {
  if (!by.isRuleOn || by.factorKind === "passkey") return { grants, withheld: [] };
  const waits = ({ role }: Grant) => provedRoles.includes(role);
  return { grants: grants.filter((grant) => !waits(grant)), withheld: grants.filter(waits) };
}

/** Whether it is a passkey alone that this person lacks for a permission. */
export function waitsForPasskey(actor: UserActor, permission: Permission): boolean {
  const withheld = actor.withheld ?? [];
  return !can(actor, permission) && can({ ...actor, grants: withheld, withheld: [] }, permission);
}
