import { z } from "zod";
import { emailSchema } from "@/lib/core/account/schema";
import { roleFacts, roles } from "@/lib/core/authz/role";

const text = z.string().trim().min(1);
const listOfText = z
  .union([z.array(z.string()), z.string().transform((one) => [one])])
  .catch([])
  .transform((list) => list.slice(0, MOST_GROUPS));

/** More groups of one person than any provider puts into a token. */
const MOST_GROUPS = 2_000;

/** What an ID token says, as far as it is read (OpenID Connect Core 1.0, 2 and 5.1). Its signature is checked before. */
export const claimsSchema = z.object({
  iss: text.max(500),
  sub: text.max(255),
  name: text.max(120).optional().catch(undefined),
  email: emailSchema.optional().catch(undefined),
  preferred_username: emailSchema.optional().catch(undefined),
  acr: z.string().optional().catch(undefined),
  amr: listOfText.optional(),
  /** When the person last proved themselves there, in seconds. */
  auth_time: z.number().positive().optional().catch(undefined),
});
export type Claims = z.output<typeof claimsSchema>;

/** The groups of a claim: a list of texts, or one text. Whatever else stands there names none. */
export const groupsSchema = listOfText;

/**
 * Whether the provider says that the groups are elsewhere (OpenID Connect Core 1.0, 5.6.2): Entra ID does so for people in
 * more than 200, and says `hasgroups` where an address would be too long. To take none for no group would take roles away.
 */
export function areGroupsElsewhere(claims: Readonly<Record<string, unknown>>, groupsClaim: string): boolean {
  if (claims[groupsClaim] !== undefined) return false;
  const elsewhere = z.record(z.string(), z.unknown()).safeParse(claims["_claim_names"]);
  return claims["hasgroups"] === true || (elsewhere.success && Object.hasOwn(elsewhere.data, groupsClaim));
}

/** A group of the provider and what it stands for; an empty department means everywhere. */
export const groupRoleSchema = z
  .object({
    group: text.max(200),
    role: z.enum(roles),
    department: z
      .string()
      .trim()
      .max(120)
      .default("")
      .transform((given) => (given === "" ? null : given)),
  })
  .refine(({ role, department }) => department === null || roleFacts[role].mayBeScoped, {
    path: ["department"],
    message: "this role is held everywhere or not at all",
  });

export const groupRoleRefSchema = z.object({ id: z.uuid() });

/** A local account, and whether it is kept for emergencies. */
export const emergencyMarkSchema = z.object({ userId: z.uuid(), isKept: z.boolean() });

/** What a use of an emergency account was for. */
export const emergencyReviewSchema = z.object({ id: z.uuid(), text: text.min(10).max(500) });
