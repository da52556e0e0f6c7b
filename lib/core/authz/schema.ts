import { z } from "zod";
import { emailSchema, newAdministratorSchema } from "@/lib/core/account/schema";
import { type Grant, roleFacts, roles } from "./role";

export const personRefSchema = z.object({ userId: z.uuid() });

export const invitePersonSchema = z.object({
  name: newAdministratorSchema.shape.name,
  email: emailSchema,
});

/** What an invited person sends with the token of the link. */
export const acceptInvitationSchema = z.object({
  token: z.string().min(1).max(200),
  name: newAdministratorSchema.shape.name,
  password: newAdministratorSchema.shape.password,
});

/** A person and a role of theirs; an empty department means everywhere. */
export const personGrantSchema = personRefSchema
  .extend({
    role: z.enum(roles),
    department: z
      .string()
      .trim()
      .max(120)
      .default("")
      .transform((text) => (text === "" ? undefined : text)),
  })
  .refine(({ role, department }) => department === undefined || roleFacts[role].mayBeScoped, {
    path: ["department"],
    message: "this role is held everywhere or not at all",
  })
  .transform(({ userId, role, department }): { readonly userId: string; readonly grant: Grant } => ({
    userId,
    grant: { role, department },
  }));

export const administratorProofSchema = z.object({ isOn: z.boolean() });

/** A session of a person, by the SHA-256 of its token. */
export const sessionRefSchema = personRefSchema.extend({ id: z.string().regex(/^[0-9a-f]{64}$/) });

export const sessionFilterSchema = z.object({ userId: z.uuid().optional() });
