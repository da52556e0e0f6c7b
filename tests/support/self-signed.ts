import * as crypto from "@/lib/crypto/self-signed";

export type { SelfSigned } from "@/lib/crypto/self-signed";

/** A key and a certificate for 127.0.0.1, valid from 2020 to 2049. */
export function makeSelfSigned(): crypto.SelfSigned {
  return crypto.makeSelfSigned({
    name: "127.0.0.1",
    from: new Date("2020-01-01T00:00:00Z"),
    until: new Date("2049-12-31T00:00:00Z"),
  });
}
