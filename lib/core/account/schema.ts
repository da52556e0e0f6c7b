import { z } from "zod";
import { isCommonPassword } from "./common-passwords";

/** Longest password taken: long enough for any passphrase, short enough that hashing it cannot be abused. */
const longestPassword = 256;

/**
 * Length is what makes a password strong, and that nobody tries it first; no composition rules. Eight characters are
 * enough because a password alone opens nothing (OWASP ASVS 5.0, 6.2).
 */
export const passwordSchema = z
  .string()
  .min(8)
  .max(longestPassword)
  .refine((password) => !isCommonPassword(password));

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email())
  .meta({ title: "E-mail", description: "Only used to sign in." });

export const newAdministratorSchema = z.object({
  name: z.string().trim().min(1).max(120),
  email: emailSchema,
  password: passwordSchema,
});

/** What a person types to sign in. The bounds only keep absurd input from being hashed. */
export const credentialsSchema = z.object({
  email: z.string().trim().toLowerCase().min(1).max(320),
  password: z.string().min(1).max(longestPassword),
});

/** Six digits of an authenticator app, however they are grouped. */
export const totpCodeSchema = z
  .string()
  .max(20)
  .transform((text) => text.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/));

/** What is sealed into the offer of a secret: base32 secret and the time of the offer in ms. */
export const totpOfferSchema = z.object({ secret: z.string().min(1), at: z.number() });

/** A code that proves a second factor, as it was typed. */
export const factorAnswerSchema = z.object({
  kind: z.enum(["totp", "recovery-code"]),
  code: z.string().min(1).max(100),
});

/** The offer of a secret, as it was sealed, and the first code of the app that took it. */
export const enrolmentAnswerSchema = z.object({
  sealed: z.string().min(1).max(2_000),
  code: z.string().min(1).max(100),
});

/** The code of the app, given anew for something that a signed-in person must prove again. */
export const freshCodeSchema = z.object({ code: z.string().min(1).max(100) });

/** What a person types to change their own password. The new one is judged by itself, to say what is wrong with it. */
export const passwordChangeSchema = freshCodeSchema.extend({
  current: z.string().min(1).max(longestPassword),
  password: z.string(),
});
