import { z } from "zod";

/** Longest password taken: long enough for any passphrase, short enough that hashing it cannot be abused. */
const longestPassword = 256;

/** Length is what makes a password strong; no composition rules (OWASP ASVS 5.0, 6.2). */
export const passwordSchema = z.string().min(12).max(longestPassword);

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
