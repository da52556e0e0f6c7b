import { openSourceSecret } from "@/lib/crypto/source-secret";
import { listSourceSecrets } from "@/lib/db/sources";

/** Under this name the demo's own token stands among the secrets of its pushing source. */
export const demoTokenSecret = "demoToken";

/**
 * The token with which the demo pushes into its own product; undefined once it was removed. For the worker alone: it is
 * the only token whose text is kept, and it opens nothing but the demo's own source.
 */
export async function readDemoToken(sourceId: number): Promise<string | undefined> {
  const sealed = (await listSourceSecrets(sourceId)).find(({ name }) => name === demoTokenSecret);
  return sealed === undefined ? undefined : openSourceSecret({ sourceId, name: demoTokenSecret }, sealed);
}
