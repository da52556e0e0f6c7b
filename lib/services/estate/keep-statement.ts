import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { statementSchema } from "@/lib/core/estate/schema";
import { findSystemRow } from "@/lib/db/estate";
import { insertStatement } from "@/lib/db/estate-papers";
import { command } from "@/lib/services/command";

/**
 * Keeps a DICOM conformance statement (PS3.2) of a system beside those before it.
 * Input: { systemId, fileName, version, dated, content }. @throws AppError forbidden | bad_request | not_found
 */
export const keepStatement = command({
  permission: "estate.write",
  input: statementSchema,
  run: async ({ tx, actor, input }) => {
    const system = await findSystemRow(input.systemId);
    if (system === undefined) throw new AppError("not_found", "There is no such system.");
    return { id: await insertStatement(tx, { ...input, by: actorId(actor) }) };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "conformance-statement",
    entityId: result.id,
    detail: { system: input.systemId, version: input.version, dated: input.dated },
  }),
});
