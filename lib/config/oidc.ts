import { z } from "zod";
import { isLoopbackHost } from "@/lib/config/network";

/** How people sign in at an identity provider (OpenID Connect). */
export type OidcSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button says: "Sign in with <name>". */
  readonly name: string;
  readonly scopes: string;
  /** The claim of the ID token that names groups. */
  readonly groupsClaim: string;
  /** Values of `acr` that stand for a second factor at the provider. */
  readonly mfaAcr: readonly string[];
  /** Values of `acr` and `amr` that stand for a passkey or security key at the provider. */
  readonly passkey: { readonly acr: readonly string[]; readonly amr: readonly string[] };
  /** Whether a password opens emergency accounts alone. */
  readonly isOnlyWay: boolean;
};

const list = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ""));

/** The variables, as they stand in the environment. All have defaults but the three that say where and as whom. */
export const oidcVariables = {
  SIGNALBOX_OIDC_ISSUER: z
    .string()
    .refine(isSafeIssuer, "must be an https address, as the provider's own discovery document names it")
    .optional(),
  SIGNALBOX_OIDC_CLIENT_ID: z.string().optional(),
  SIGNALBOX_OIDC_CLIENT_SECRET: z.string().optional(),
  SIGNALBOX_OIDC_NAME: z.string().max(40, "must be 40 letters at most").default("your hospital account"),
  SIGNALBOX_OIDC_SCOPES: z
    .string()
    .refine((text) => text.split(/\s+/).includes("openid"), "must name openid among its scopes")
    .default("openid profile email"),
  SIGNALBOX_OIDC_GROUPS_CLAIM: z.string().default("groups"),
  SIGNALBOX_OIDC_MFA_ACR: list,
  SIGNALBOX_OIDC_PASSKEY_ACR: list,
  SIGNALBOX_OIDC_PASSKEY_AMR: list,
  SIGNALBOX_OIDC_ONLY: z.enum(["true", "false"], "must be true or false").default("false"),
};

type Raw = z.output<z.ZodObject<typeof oidcVariables>>;

/** What is missing: issuer, client and secret are set together or not at all. */
export function refuseOidc(raw: Raw): readonly { readonly variable: string; readonly problem: string }[] {
  const { SIGNALBOX_OIDC_ISSUER, SIGNALBOX_OIDC_CLIENT_ID, SIGNALBOX_OIDC_CLIENT_SECRET } = raw;
  const together = { SIGNALBOX_OIDC_ISSUER, SIGNALBOX_OIDC_CLIENT_ID, SIGNALBOX_OIDC_CLIENT_SECRET };
  const missing = Object.entries(together).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === 0) return [];
  if (missing.length < 3) {
    const problem =
      "is missing: SIGNALBOX_OIDC_ISSUER, SIGNALBOX_OIDC_CLIENT_ID and SIGNALBOX_OIDC_CLIENT_SECRET are set together";
    return missing.map((variable) => ({ variable, problem }));
  }
  if (raw.SIGNALBOX_OIDC_ONLY === "false") return [];
  return [{ variable: "SIGNALBOX_OIDC_ONLY", problem: "needs SIGNALBOX_OIDC_ISSUER" }];
}

/** The settings as a whole; undefined where nobody signs in at a provider. */
export function oidcOf(raw: Raw): OidcSettings | undefined {
  const { SIGNALBOX_OIDC_ISSUER, SIGNALBOX_OIDC_CLIENT_ID, SIGNALBOX_OIDC_CLIENT_SECRET } = raw;
  if (!SIGNALBOX_OIDC_ISSUER || !SIGNALBOX_OIDC_CLIENT_ID || !SIGNALBOX_OIDC_CLIENT_SECRET) return undefined;
  return {
    issuer: SIGNALBOX_OIDC_ISSUER,
    clientId: SIGNALBOX_OIDC_CLIENT_ID,
    clientSecret: SIGNALBOX_OIDC_CLIENT_SECRET,
    name: raw.SIGNALBOX_OIDC_NAME,
    scopes: raw.SIGNALBOX_OIDC_SCOPES,
    groupsClaim: raw.SIGNALBOX_OIDC_GROUPS_CLAIM,
    mfaAcr: raw.SIGNALBOX_OIDC_MFA_ACR,
    passkey: { acr: raw.SIGNALBOX_OIDC_PASSKEY_ACR, amr: raw.SIGNALBOX_OIDC_PASSKEY_AMR },
    isOnlyWay: raw.SIGNALBOX_OIDC_ONLY === "true",
  };
}

/** Over plain http only on this machine: whoever reads along could sign in as anybody. */
function isSafeIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopbackHost(url.hostname));
}
