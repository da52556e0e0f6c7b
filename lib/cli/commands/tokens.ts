import { createToken } from "@/lib/services/tokens/create-token";
import { listTokens } from "@/lib/services/tokens/list-tokens";
import { revokeToken } from "@/lib/services/tokens/revoke-token";
import { type CliCommand, type CliOption, cliActor } from "../command-spec";
import { findSource } from "../find-source";
import { instantOption, onlyOperand, requiredOption } from "../options";
import { tableLines } from "../print";

const source: CliOption = {
  kind: "text",
  value: "<name or number>",
  about: "the source that it belongs to",
  isRequired: true,
};

export const tokenCommands: readonly CliCommand[] = [
  {
    words: "token create",
    summary: "Make a bearer token for a source that pushes. Its secret is shown this once.",
    options: {
      source,
      name: { kind: "text", value: "<name>", about: "where it is used, for people", isRequired: true },
      expires: { kind: "text", value: "<instant>", about: "when it stops working; never by default" },
    },
    run: async (input) => {
      const { id: sourceId } = await findSource(requiredOption(input, "source"));
      const expiresAt = instantOption(input, "expires");
      const made = await createToken(cliActor, {
        sourceId,
        name: requiredOption(input, "name"),
        ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
      });
      return { json: made, lines: [made.secret] };
    },
  },
  {
    words: "token list",
    summary: "Tokens of a source, newest first, revoked ones too.",
    options: { source },
    run: async (input) => {
      const { id: sourceId } = await findSource(requiredOption(input, "source"));
      const tokens = await listTokens(cliActor, { sourceId });
      const rows = tokens.map((token) => ({
        id: token.id,
        name: token.name,
        "begins with": token.hint,
        "last used": token.lastUsedAt,
        expires: token.expiresAt,
        revoked: token.revokedAt,
      }));
      return { json: tokens, lines: tableLines(rows) };
    },
  },
  {
    words: "token revoke",
    summary: "End a token for good; it is refused within a second.",
    operands: { usage: "<id>", least: 1, most: 1 },
    run: async (input) => {
      const revoked = await revokeToken(cliActor, { tokenId: onlyOperand(input) });
      return { json: revoked, lines: [`The token ${revoked.hint}… is revoked.`] };
    },
  },
];
