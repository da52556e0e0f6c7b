import { env } from "@/lib/config/env";
import type { OidcSettings } from "@/lib/config/oidc";

/** How people sign in at an identity provider, as far as pages show it: without the secret. */
export type OidcView = Omit<OidcSettings, "clientSecret">;

/** The settings; undefined where people sign in with local accounts alone. */
export function oidcView(): OidcView | undefined {
  const { oidc } = env();
  if (oidc === undefined) return undefined;
  const { clientSecret: _, ...view } = oidc;
  return view;
}

/** Where the provider sends people back to; to be registered there. */
export function oidcRedirectAddress(): string {
  return `${env().publicUrl}/api/auth/callback/oidc`;
}

/** The path of an address of this product, as next-auth hands it on; undefined for every other. */
export function pathHere(address: string): string | undefined {
  const { publicUrl } = env();
  return address.startsWith(`${publicUrl}/`) ? address.slice(publicUrl.length) : undefined;
}
