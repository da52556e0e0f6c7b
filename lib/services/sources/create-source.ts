import { AppError } from "@/lib/core/errors";
import { givesSecret, sourceInputSchema } from "@/lib/core/source/schema";
import { sealSourceSecret } from "@/lib/crypto/source-secret";
import { insertSource, putSourceSecret } from "@/lib/db/sources";
import { command } from "@/lib/services/command";
import { refuseBesideDemo } from "@/lib/services/demo/guard";
import { checkSourceConfig } from "./check-source-config";

/**
 * Adds a source from { kind, name, config, secrets }. Secrets are encrypted and never given back.
 * @throws AppError forbidden | bad_request | conflict when the name is taken, or a demo is there
 */
export const createSource = command({
  permission: "source.write",
  input: sourceInputSchema,
  stepUp: ({ secrets }) => givesSecret(secrets),
  run: async ({ tx, input }) => {
    await refuseBesideDemo(tx);
    const { connector, config } = checkSourceConfig(input);
    const lacking = connector.secrets.filter(({ name, required }) => required && !input.secrets[name]);
    if (lacking.length > 0) {
      throw new AppError("bad_request", "A secret that this source needs is missing.", {
        info: { fields: lacking.map(({ name }) => name).join("; ") },
      });
    }
    const id = await insertSource(tx, { kind: input.kind, name: input.name, config });
    if (id === undefined) {
      throw new AppError("conflict", "There is a source of this name already.", { info: { fields: "name" } });
    }
    for (const { name } of connector.secrets) {
      const plain = input.secrets[name];
      if (!plain) continue;
      const { keyId, bytes } = sealSourceSecret({ sourceId: id, name }, plain);
      await putSourceSecret(tx, { sourceId: id, name, keyId, bytes });
    }
    return { id };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "source",
    entityId: String(result.id),
    detail: { kind: input.kind, name: input.name },
  }),
});
