import type { KeyRing } from "./key-ring";
import { open, type Sealed, seal } from "./seal";

/** Which secret of which source. Bound to the ciphertext, so that it cannot be moved to another source or field. */
export type SourceSecretName = { readonly sourceId: number; readonly name: string };

/** Encrypts a secret of a source, as it is kept in `source_secret`. */
export function sealSourceSecret(of: SourceSecretName, text: string, ring?: KeyRing): Sealed {
  return seal(text, sourceSecretPurpose(of), ring);
}

/** Decrypts it again. @throws AppError internal when it was changed, moved, or its key is missing */
export function openSourceSecret(of: SourceSecretName, sealed: Sealed, ring?: KeyRing): string {
  return open(sealed, sourceSecretPurpose(of), ring).toString("utf8");
}

/** What the ciphertext of a secret is bound to. */
export function sourceSecretPurpose({ sourceId, name }: SourceSecretName): string {
  return `source-secret/${sourceId}/${name}`;
}
