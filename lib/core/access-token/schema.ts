import { z } from "zod";
import { instantSchema } from "@/lib/core/message/schema";

/** What a token may be used for. */
export const tokenScopes = ["signalbox/ingest.write"] as const;

export const createTokenSchema = z.object({
  sourceId: z.int().positive(),
  /** Says to people where the token is used. */
  name: z.string().trim().min(1).max(100),
  expiresAt: instantSchema.optional(),
});

export const revokeTokenSchema = z.object({ tokenId: z.uuid() });

export const listTokensSchema = z.object({ sourceId: z.int().positive() });

/** A token as it may be shown: the secret itself is known to its user alone. */
export type AccessToken = {
  readonly id: string;
  readonly sourceId: number;
  readonly name: string;
  /** The first characters of the secret, enough to tell tokens apart. */
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly lastUsedAt: Date | undefined;
  readonly expiresAt: Date | undefined;
  readonly revokedAt: Date | undefined;
};
