import { z } from "zod";
import { instantSchema } from "@/lib/core/message/instant-schema";

/** What a token may be used for. */
export const tokenScopes = ["signalbox/ingest.write"] as const;

export const createTokenSchema = z.object({
  sourceId: z.int().positive(),
  /** Says to people where the token is used. */
  name: z.string().trim().min(1).max(100),
  expiresAt: instantSchema.optional(),
});

/** How long the old secret goes on working after a renewal: time to change it at the sender. */
export const overlapHours = { least: 0, most: 168, usual: 24 } as const;

export const overlapSchema = z
  .int()
  .min(overlapHours.least)
  .max(overlapHours.most)
  .default(overlapHours.usual);

export const rotateTokenSchema = z.object({ tokenId: z.uuid(), overlapHours: overlapSchema });

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
  /** Until when the secret before the last renewal still works; undefined when there was none. */
  readonly previousUntil: Date | undefined;
};

/** What is needed to judge the use of a token or a client. */
type Usage = Pick<AccessToken, "createdAt" | "lastUsedAt" | "expiresAt" | "revokedAt">;

/** A secret that nobody has used for so long is better revoked. */
export const UNUSED_DAYS = 30;

/** Whether a valid token has lain unused for 30 days, since it was made or last used. */
export function isUnused(token: Usage, now: Date): boolean {
  const since = token.lastUsedAt ?? token.createdAt;
  return isInForce(token, now) && now.getTime() - since.getTime() >= UNUSED_DAYS * 86_400_000;
}

/** Whether a token is neither revoked nor expired. */
export function isInForce(token: Pick<Usage, "expiresAt" | "revokedAt">, now: Date): boolean {
  return token.revokedAt === undefined && (token.expiresAt === undefined || now < token.expiresAt);
}
