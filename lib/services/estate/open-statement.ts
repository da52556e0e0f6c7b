import { AppError } from "@/lib/core/errors";
import { systemRefSchema } from "@/lib/core/estate/schema";
import { readStatementContent } from "@/lib/db/estate-papers";
import { query } from "@/lib/services/query";

/** The file of a conformance statement. Input: { id } of the statement. @throws AppError forbidden | bad_request | not_found */
export const openStatement = query({
  permission: "estate.read",
  input: systemRefSchema,
  disclosesPhi: false,
  run: async ({ input }) => {
    const statement = await readStatementContent(input.id);
    if (statement === undefined) throw new AppError("not_found", "There is no such statement.");
    return statement;
  },
});
