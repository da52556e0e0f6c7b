import { can } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { givesSecret, sourceIdSchema, sourceInputSchema } from "@/lib/core/source/schema";
import { sealSourceSecret } from "@/lib/crypto/source-secret";
import { changeSource, findSourceRow, isSourceNameTaken, putSourceSecret } from "@/lib/db/sources";
import { command } from "@/lib/services/command";
import { checkSourceConfig } from "./check-source-config";

/**
 * Changes name and settings of a source, and those secrets that are given; the others stay as they are.
 * @throws AppError forbidden (secrets need a right of their own) | bad_request | not_found | conflict when the name is taken
 */
export const updateSource = command({
  permission: "source.write",
  input: sourceInputSchema.omit({ kind: true }).extend(sourceIdSchema.shape),
  stepUp: ({ secrets }) => givesSecret(secrets),
  run: async ({ tx, actor, input, now }) => {
    const { id, name } = input;
    const source = await findSourceRow(id);
    if (source === undefined) throw new AppError("not_found", "There is no such source.");
    const { connector, config } = checkSourceConfig({ kind: source.kind, config: input.config });
    const secrets = connector.secrets.filter((secret) => Boolean(input.secrets[secret.name]));
    if (secrets.length > 0 && !can(actor, "source.secret")) {
      throw new AppError("forbidden", "You do not have the right to change secrets.");
    }
    if (await isSourceNameTaken(tx, { name, exceptId: id })) {
      throw new AppError("conflict", "There is a source of this name already.", { info: { fields: "name" } });
    }
    await changeSource(tx, { id, now, name, config });
    for (const secret of secrets) {
      const sealed = sealSourceSecret({ sourceId: id, name: secret.name }, input.secrets[secret.name] ?? "");
      await putSourceSecret(tx, { sourceId: id, name: secret.name, ...sealed });
    }
    return { secrets: secrets.map((secret) => secret.name) };
  },
  audit: ({ input, result }) => ({
    action: "U",
    entityType: "source",
    entityId: String(input.id),
    detail: { name: input.name, secrets: result.secrets },
  }),
});
