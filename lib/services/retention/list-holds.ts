import { z } from "zod";
import { listLegalHolds } from "@/lib/db/legal-holds";
import { query } from "@/lib/services/query";

/** Every legal hold, those that hold first. @throws AppError forbidden */
export const listHolds = query({
  permission: "retention.read",
  input: z.object({}),
  run: () => listLegalHolds(),
  disclosesPhi: false,
});
