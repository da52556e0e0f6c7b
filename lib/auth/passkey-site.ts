import { isIP } from "node:net";
import { env } from "@/lib/config/env";

/** Where passkeys are bound to, or why this address has none. */
export type PasskeySite =
  | { readonly kind: "offered"; readonly rpId: string; readonly origin: string }
  /** `number`: its host is an IP address, which no passkey can be bound to. `insecure`: plain HTTP to another machine. */
  | { readonly kind: "not-offered"; readonly why: "number" | "insecure" };

/**
 * The relying party (WebAuthn Level 3, 5.1.2): the host of the public address. Browsers offer passkeys to names alone, over
 * HTTPS or on this machine.
 */
export function passkeySite(publicUrl: string = env().publicUrl): PasskeySite {
  const { hostname, protocol, origin } = new URL(publicUrl);
  if (isIP(hostname.replace(/^\[|\]$/g, "")) !== 0) return { kind: "not-offered", why: "number" };
  const isHere = hostname === "localhost" || hostname.endsWith(".localhost");
  if (protocol !== "https:" && !isHere) return { kind: "not-offered", why: "insecure" };
  return { kind: "offered", rpId: hostname, origin };
}

export type OfferedSite = Extract<PasskeySite, { kind: "offered" }>;
