import type { OAuthConfig } from "next-auth/providers/oauth";
import type { OidcSettings } from "@/lib/config/oidc";

/** The provider's id in addresses: /api/auth/callback/oidc is what is registered there. */
export const OIDC = "oidc";

type IdToken = Readonly<Record<string, unknown>>;

/**
 * The identity provider for next-auth: discovery, authorization code with PKCE, state and nonce; openid-client checks
 * signature, issuer, audience, time and nonce of the ID token. Who comes from it is decided by `oidc-sign-in.ts`.
 */
export function oidcProvider(settings: OidcSettings): OAuthConfig<IdToken> {
  return {
    id: OIDC,
    name: settings.name,
    type: "oauth",
    wellKnown: `${settings.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    issuer: settings.issuer,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    authorization: { params: { scope: settings.scopes } },
    checks: ["pkce", "state", "nonce"],
    idToken: true,
    // Long enough for a provider far away, short enough that a person still waits.
    httpOptions: { timeout: 8_000 },
    profile: (claims) => ({ id: String(claims["sub"]) }),
  };
}
