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

/** Bytes in base64url, up to so many letters. */
const base64urlOf = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[\w-]+$/);
const base64url = base64urlOf(4_000);

/** What a passkey signed, as a browser hands it on (WebAuthn Level 3, AuthenticationResponseJSON). */
const passkeyProofSchema = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
});
export type PasskeyProof = z.output<typeof passkeyProofSchema>;

/** What people call a passkey of theirs. */
export const passkeyNameSchema = z.string().trim().min(1).max(60);

/** A new passkey, as a browser hands it on (WebAuthn Level 3, RegistrationResponseJSON), and its name. */
export const newPasskeySchema = z.object({
  name: passkeyNameSchema,
  answer: z.object({
    id: base64url,
    rawId: base64url,
    type: z.literal("public-key"),
    response: z.object({
      clientDataJSON: base64url,
      attestationObject: base64urlOf(20_000),
      /** How a browser may reach it: usb, nfc, internal and the like. */
      transports: z
        .array(z.string().regex(/^[a-z-]{1,20}$/))
        .max(10)
        .default([]),
    }),
  }),
});
export type NewPasskey = z.output<typeof newPasskeySchema>;

/** The part of the client data that says which challenge was signed. */
export const clientDataSchema = z.object({ challenge: base64url });

export const passkeyRefSchema = z.object({ id: z.uuid() });

export const passkeyRenameSchema = passkeyRefSchema.extend({ name: passkeyNameSchema });

/** What proves a second factor: a code as it was typed, or what a passkey signed. */
export const factorAnswerSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["totp", "recovery-code"]), code: z.string().min(1).max(100) }),
  z.object({ kind: z.literal("passkey"), proof: passkeyProofSchema }),
]);
export type FactorAnswer = z.output<typeof factorAnswerSchema>;

/** What unlocks a session: a passkey, which has verified its person, or a code and the password. */
export const unlockSchema = z.object({
  answer: factorAnswerSchema,
  password: z.string().max(longestPassword).default(""),
});

/** The offer of a secret, as it was sealed, and the first code of the app that took it. */
export const enrolmentAnswerSchema = z.object({
  sealed: z.string().min(1).max(2_000),
  code: z.string().min(1).max(100),
});

/** What a person types to change their own password. The new one is judged by itself, to say what is wrong with it. */
export const passwordChangeSchema = z.object({
  current: z.string().min(1).max(longestPassword),
  password: z.string(),
});
