import { AppError } from "@/lib/core/errors";
import { systemRefSchema } from "@/lib/core/estate/schema";
import { findSystemRow } from "@/lib/db/estate";
import { listMaintenance, listStatements, type Statement } from "@/lib/db/estate-papers";
import { query } from "@/lib/services/query";
import { type SystemView, viewSystems } from "./system-view";

export type SystemDetail = SystemView & { readonly statements: readonly Statement[] };

/** One system with its conformance statements. Input: { id }. @throws AppError forbidden | bad_request | not_found */
export const readSystem = query({
  permission: "estate.read",
  input: systemRefSchema,
  disclosesPhi: false,
  run: async ({ input, now }): Promise<SystemDetail> => {
    const system = await findSystemRow(input.id);
    if (system === undefined) throw new AppError("not_found", "There is no such system.");
    const [maintenance, statements] = await Promise.all([
      listMaintenance({ now, systemId: input.id }),
      listStatements(input.id),
    ]);
    const [view] = await viewSystems({ systems: [system], maintenance, now });
    if (view === undefined) throw new AppError("not_found", "There is no such system.");
    return { ...view, statements };
  },
});
