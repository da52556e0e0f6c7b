import { z } from "zod";
import { choosableKinds, periodOf } from "./periods";

const reason = z.string().trim().min(5).max(500);
const dayStart = z.iso.date().transform((text) => new Date(`${text}T00:00:00Z`));

/** What somebody puts on hold, and why. Days of a period are UTC days, both included. */
export const placeHoldSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("patient"),
    value: z.string().trim().min(1).max(100),
    assigningAuthority: z.string().trim().min(1).max(100),
    reason,
  }),
  z.object({ kind: z.literal("person"), person: z.string().trim().min(1).max(200), reason }),
  z
    .object({ kind: z.literal("period"), from: dayStart, to: dayStart, reason })
    .refine(({ from, to }) => from <= to, { path: ["to"], message: "is before the first day" }),
]);
export type HoldToPlace = z.output<typeof placeHoldSchema>;

/** A new period for a kind of record, in days. */
export const newPeriodSchema = z
  .object({ record: z.enum(choosableKinds), days: z.coerce.number() })
  .refine(({ record, days }) => periodOf(record, days) !== undefined, {
    path: ["days"],
    message: "is out of bounds",
  });

export const liftHoldSchema = z.object({ id: z.uuid(), reason });

/** What the audit trail says of a deletion, as far as the retention page reads it back. */
export const deletionDetailSchema = z.object({
  deleted: z.int(),
  held: z.int(),
  from: z.iso.datetime().transform((text) => new Date(text)),
  to: z.iso.datetime().transform((text) => new Date(text)),
});

/** What is on hold. A patient is named by the keyed reference of the facts, in hexadecimal. */
export type HoldSubject =
  | { readonly kind: "patient"; readonly reference: string }
  | { readonly kind: "person"; readonly person: string }
  /** Half-open. */
  | { readonly kind: "period"; readonly from: Date; readonly to: Date };

export type LegalHold = {
  readonly id: string;
  readonly subject: HoldSubject;
  readonly reason: string;
  readonly placedBy: { readonly id: string; readonly name: string };
  readonly placedAt: Date;
  /** Undefined while it holds. */
  readonly lifted:
    | {
        readonly by: { readonly id: string; readonly name: string };
        readonly at: Date;
        readonly reason: string;
      }
    | undefined;
};
