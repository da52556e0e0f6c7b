import { listTokensSchema } from "@/lib/core/access-token/schema";
import { readTokens } from "@/lib/db/tokens";
import { query } from "@/lib/services/query";

/** Tokens of a source, newest first, revoked ones too; never their secrets. Input: { sourceId }. */
export const listTokens = query({
  permission: "source.read",
  input: listTokensSchema,
  disclosesPhi: false,
  run: ({ input }) => readTokens(input.sourceId),
});
