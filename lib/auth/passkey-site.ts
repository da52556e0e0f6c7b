import { env } from "@/lib/config/env";
import { type PasskeySite, passkeySiteOf } from "@/lib/core/authz/passkey-site";

/** Where the passkeys of this product are bound to, or why there are none. */
export function passkeySite(): PasskeySite {
  return passkeySiteOf(env().publicUrl);
}

export type OfferedSite = Extract<PasskeySite, { kind: "offered" }>;
