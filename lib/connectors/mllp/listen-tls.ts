import { AppError } from "@/lib/core/errors";
import type { ListenIo, SecretField } from "../connector";

/** What a port asks of those who connect: nothing, TLS, or TLS with a certificate of theirs. */
export const listenProtections = ["off", "on", "mutual"] as const;
export type ListenProtection = (typeof listenProtections)[number];

/** The secrets of a source whose port may speak TLS. */
export const listenSecrets: readonly SecretField[] = [
  {
    name: "certificate",
    title: "Certificate",
    description:
      "PEM: the certificate of this port, followed by those between it and its authority. For TLS.",
    required: false,
  },
  {
    name: "key",
    title: "Private key",
    description: "PEM, without a passphrase: the key of the certificate. Kept encrypted. For TLS.",
    required: false,
  },
  {
    name: "ca",
    title: "Authority of senders",
    description: "PEM: whoever connects must show a certificate of this authority. For mutual TLS.",
    required: false,
  },
];

/** What `tls.createServer` needs; undefined for a port in clear. @throws AppError when a secret is missing */
export function listenTls(
  protection: ListenProtection,
  secret: ListenIo["secret"],
): { readonly cert: Buffer; readonly key: Buffer; readonly ca?: Buffer } | undefined {
  if (protection === "off") return undefined;
  const [cert, key] = [pemOf(secret("certificate")), pemOf(secret("key"))];
  if (protection === "on") return { cert, key };
  return { cert, key, ca: pemOf(secret("ca")) };
}

/** PEM as OpenSSL wants it: a form of one line takes its line ends away. */
function pemOf(text: string | undefined): Buffer {
  const blocks = [...(text ?? "").matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g)];
  if (blocks.length === 0) {
    throw new AppError("source_unreachable", "A certificate or key of the port is missing.", {
      info: { kind: "certificate_missing" },
    });
  }
  const lines = blocks.map(([, label, body = ""]) => {
    const base64 = body.replace(/\s+/g, "").match(/.{1,64}/g) ?? [];
    return [`-----BEGIN ${label}-----`, ...base64, `-----END ${label}-----`, ""].join("\n");
  });
  return Buffer.from(lines.join(""));
}
