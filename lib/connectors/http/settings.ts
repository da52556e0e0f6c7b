import { z } from "zod";
import { isSourceAddress } from "@/lib/core/net/target";
import type { SecretField } from "../connector";

/** Where an HTTP server is and how its certificate is judged. `fingerprint` is 64 hex digits. */
export type ServerSettings = {
  readonly url: string;
  readonly tls: "verify" | "fingerprint";
  readonly fingerprint?: string | undefined;
  readonly ca?: string | undefined;
};

/** With who calls, and how long a call may take. */
export type ClientSettings = ServerSettings & {
  readonly username?: string | undefined;
  readonly timeoutSeconds: number;
};

/** Secrets of the fields above. */
export const accountSecrets: readonly SecretField[] = [
  {
    name: "password",
    title: "Password",
    description: "Of the account above; kept encrypted.",
    required: false,
  },
  {
    name: "token",
    title: "Bearer token",
    description: "Sent instead of user name and password, where a gateway asks for one; kept encrypted.",
    required: false,
  },
];

const emptyIsAbsent = (text: string) => (text === "" ? undefined : text);

/** How the certificate of a server is judged; whoever spreads them refuses `fingerprint` without one. */
export const certificateFields = {
  tls: z.enum(["verify", "fingerprint"]).default("verify").meta({
    title: "Certificate check",
    description:
      "verify: signed by a known authority, or by the one below. fingerprint: exactly the certificate with the fingerprint below, which is how to accept a self-signed one.",
  }),
  fingerprint: z
    .string()
    .trim()
    .transform((text) => text.replaceAll(":", "").toLowerCase())
    .refine((text) => text === "" || /^[0-9a-f]{64}$/.test(text), "must be a SHA-256 fingerprint")
    .transform(emptyIsAbsent)
    .optional()
    .meta({
      title: "Certificate fingerprint",
      description: "SHA-256 of the server's certificate. The connection test shows it.",
    }),
  ca: z
    .string()
    .trim()
    .max(65_536)
    .refine(
      (text) => text === "" || text.includes("-----BEGIN CERTIFICATE-----"),
      "must be a PEM certificate",
    )
    .transform(emptyIsAbsent)
    .optional()
    .meta({
      title: "Certificate authority",
      multiline: true,
      description: "PEM certificate of your own authority, where the server's certificate is signed by it.",
    }),
};

/** Fields of every source that is called over HTTP, after its address. */
export const serverFields = {
  username: z.string().trim().max(255).transform(emptyIsAbsent).optional().meta({
    title: "User name",
    description: "An account made for this product alone. Empty: the server asks for none.",
  }),
  ...certificateFields,
  timeoutSeconds: z.coerce
    .number()
    .int()
    .min(1)
    .max(120)
    .default(30)
    .meta({ title: "Time limit", description: "Seconds after which a call is given up." }),
};

/** The address of a server without a trailing slash; `example` is shown where it is none. */
export function addressField(ask: { readonly example: string; readonly description: string }) {
  return z
    .string()
    .trim()
    .max(500)
    .refine(isSourceAddress, `must be an address like ${ask.example}`)
    .transform((text) => text.replace(/\/+$/, ""))
    .meta({ title: "Address", description: ask.description });
}

/** A check by fingerprint needs one. */
export function hasFingerprint(config: ServerSettings): boolean {
  return config.tls !== "fingerprint" || config.fingerprint !== undefined;
}

export function fingerprintMissing() {
  return { path: ["fingerprint"], message: "is needed for this certificate check" };
}
