import { z } from "zod";
import { readClients } from "@/lib/db/api-clients";
import { query } from "@/lib/services/query";

/** API clients, newest first, revoked ones too; never their secrets. */
export const listClients = query({
  permission: "source.read",
  input: z.object({}),
  disclosesPhi: false,
  run: () => readClients(),
});
