import { z } from "zod";
import { roles } from "../authz/role";
import { instantSchema } from "../time/range-schema";
import { isZone } from "../time/zone";
import { lineJudgements, reviewKinds } from "./review-words";

const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/);

/** One line of the witness file. */
export const witnessLineSchema = z.object({
  kind: z.enum(["head", "restored"]),
  at: z.iso.datetime(),
  /** Number of the block the trail ended with; 0 when nothing was sealed yet. */
  number: z.int().nonnegative(),
  hash: hex,
  keyId: z.string(),
  signature: hex,
});

export type WitnessLine = z.output<typeof witnessLineSchema>;

const instant = instantSchema();

/** What a line of a review is about, as it is kept. */
export const reviewSubjectSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("opening"), leafId: z.string(), at: instant }),
  z.object({
    kind: z.literal("week"),
    acts: z.int(),
    looks: z.int(),
    peersMedian: z.number().nullable(),
    actsWhileDisabled: z.int(),
    lastActBefore: instant.nullable(),
  }),
  z.object({ kind: z.literal("account"), userId: z.string(), lastUsedAt: instant.nullable() }),
  z.object({
    kind: z.literal("role"),
    userId: z.string(),
    role: z.enum(roles),
    department: z.string().nullable(),
    lastUsedAt: instant.nullable(),
  }),
  z.object({
    kind: z.literal("token"),
    tokenId: z.string(),
    name: z.string(),
    source: z.string(),
    lastUsedAt: instant.nullable(),
  }),
  z.object({
    kind: z.literal("client"),
    clientId: z.string(),
    name: z.string(),
    lastUsedAt: instant.nullable(),
  }),
]);
export type ReviewSubject = z.output<typeof reviewSubjectSchema>;

/** Which review is opened: `from` is where one of the periods begins that can be reviewed. */
export const openReviewSchema = z.object({
  kind: z.enum(reviewKinds),
  from: instant,
  zone: z.string().max(64).refine(isZone, { message: "is no time zone" }),
});

export const reviewRefSchema = z.object({ id: z.uuid() });

export const judgeLineSchema = reviewRefSchema
  .extend({
    position: z.int().nonnegative(),
    judgement: z.enum(lineJudgements).exclude(["removed"]),
    note: z.string().trim().max(500).default(""),
  })
  .refine(({ judgement, note }) => judgement !== "follow-up" || note !== "", {
    path: ["note"],
    message: "says what is followed up",
  });

export const reviewLineRefSchema = reviewRefSchema.extend({ position: z.int().nonnegative() });
