/** Where passkeys are bound to, or why this address has none. */
export type PasskeySite =
  | { readonly kind: "offered"; readonly rpId: string; readonly origin: string }
  /** `number`: its host is an IP address, which no passkey can be bound to. `insecure`: plain HTTP to another machine. */
  | { readonly kind: "not-offered"; readonly why: "number" | "insecure" };

/**
 * The relying party (WebAuthn Level 3, 5.1.2): the host of the public address. Browsers offer passkeys to names alone, over
 * HTTPS or on this machine.
 */
export function passkeySiteOf(publicUrl: string): PasskeySite {
  const { hostname, protocol, origin } = new URL(publicUrl);
  // URL has written every spelling of an IPv4 address as four decimal numbers, and IPv6 in brackets.
  if (hostname.startsWith("[") || /^[\d.]+$/.test(hostname)) return { kind: "not-offered", why: "number" };
  const isHere = hostname === "localhost" || hostname.endsWith(".localhost");
  if (protocol !== "https:" && !isHere) return { kind: "not-offered", why: "insecure" };
  return { kind: "offered", rpId: hostname, origin };
}
