import { openSourceSecret } from "@/lib/crypto/source-secret";
import { listSourceSecrets } from "@/lib/db/sources";

/** Under this name the demo's own token stands among the secrets of its pushing source. */
export const demoTokenSecret = "demoToken";

/**
 * A secret of one of the demo's sources; undefined once it was removed. For the worker alone, which plays the other side: the
 * token is the only one whose text is kept, and it opens nothing but the demo's own source.
 */
export async function readDemoSecret(sourceId: number, name: string): Promise<string | undefined> {
  const sealed = (await listSourceSecrets(sourceId)).find((secret) => secret.name === name);
  return sealed === undefined ? undefined : openSourceSecret({ sourceId, name }, sealed);
}
