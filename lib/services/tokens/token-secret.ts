import { newToken } from "@/lib/crypto/keyed-hash";

/** "sbx_" and a few characters: 256 bits remain unknown. */
const HINT_LENGTH = 9;

/** A new secret of a token, and the part of it by which people tell tokens apart. */
export function newTokenSecret(): { readonly secret: string; readonly hint: string } {
  const secret = newToken("sbx");
  return { secret, hint: secret.slice(0, HINT_LENGTH) };
}
