import { z } from "zod";
import { listSourceRows } from "@/lib/db/sources";
import { query } from "@/lib/services/query";

/** The sources that a system can be read by: their names alone. @throws AppError forbidden */
export const listSourceNames = query({
  permission: "estate.write",
  input: z.object({}),
  disclosesPhi: false,
  run: async (): Promise<readonly { readonly id: number; readonly name: string }[]> => {
    const sources = await listSourceRows();
    return sources.map(({ id, name }) => ({ id, name }));
  },
});
