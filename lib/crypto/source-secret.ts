import { open, type Sealed, seal } from "./seal";

type SecretName = { readonly sourceId: number; readonly name: string };

/** Encrypts a secret of a source, bound to that source and name: moved to another row it does not open. */
export function sealSourceSecret(secret: SecretName & { readonly plain: string }): Sealed {
  return seal(secret.plain, purposeOf(secret));
}

/** Decrypts it. @throws AppError internal when it was changed or belongs to another source */
export function openSourceSecret(secret: SecretName & { readonly sealed: Sealed }): string {
  return open(secret.sealed, purposeOf(secret)).toString("utf8");
}

function purposeOf({ sourceId, name }: SecretName): string {
  return `source-secret/${sourceId}/${name}`;
}
