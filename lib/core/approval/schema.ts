import { z } from "zod";
import { roles } from "@/lib/core/authz/role";
import { secondPersonCauses } from "@/lib/core/replay/second-person";
import { choosableKinds } from "@/lib/core/retention/periods";

/** Acts that take two people, each with what it is about. */
export const approvalActSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("grant-role"),
    payload: z.object({
      userId: z.uuid(),
      role: z.enum(roles),
      /** Null = everywhere. */
      department: z.string().min(1).max(120).nullable(),
    }),
  }),
  z.object({
    kind: z.literal("map-group"),
    payload: z.object({
      group: z.string().min(1).max(200),
      role: z.enum(roles),
      /** Null = everywhere. */
      department: z.string().min(1).max(120).nullable(),
    }),
  }),
  z.object({
    kind: z.literal("change-retention"),
    /** `before`: the period at the time of asking; it is not carried out when another holds by then. */
    payload: z.object({ record: z.enum(choosableKinds), before: z.int(), days: z.int() }),
  }),
  z.object({
    kind: z.literal("run-replay"),
    payload: z.object({ replayId: z.uuid(), messages: z.int(), causes: z.array(z.enum(secondPersonCauses)) }),
  }),
  z.object({ kind: z.literal("reset-factors"), payload: z.object({ userId: z.uuid() }) }),
]);
export type ApprovalAct = z.output<typeof approvalActSchema>;
export type ApprovalKind = ApprovalAct["kind"];

export const approvalRefSchema = z.object({ id: z.uuid() });

const reason = z.string().trim().max(500);
export const approveSchema = approvalRefSchema.extend({ reason: reason.default("") });
export const declineSchema = approvalRefSchema.extend({ reason: reason.min(1) });

/** What became of a request. `void` = approved, but by then it could no longer be asked for, so nothing was done. */
export const approvalOutcomes = ["approved", "declined", "withdrawn", "void", "expired"] as const;
export const approvalOutcomeSchema = z.enum(approvalOutcomes);
export type ApprovalOutcome = (typeof approvalOutcomes)[number];

/** What people who watch over rights are told. */
export const noticeSchema = z.discriminatedUnion("kind", [
  /** Somebody signed in with an account that is kept for emergencies. */
  z.object({ kind: z.literal("emergency-used"), detail: z.object({ userId: z.uuid() }) }),
  z.object({
    kind: z.literal("emergency-marked"),
    detail: z.object({ userId: z.uuid(), by: z.string(), isMarked: z.boolean() }),
  }),
  z.object({
    kind: z.literal("group-mapped"),
    detail: z.object({
      group: z.string(),
      role: z.enum(roles),
      department: z.string().nullable(),
      mappedBy: z.string(),
      /** Null = mapped by one person alone, because there was no second. */
      approvedBy: z.string().nullable(),
    }),
  }),
  z.object({
    kind: z.literal("factors-reset"),
    detail: z.object({ userId: z.uuid(), requestedBy: z.string(), approvedBy: z.string() }),
  }),
  z.object({
    kind: z.literal("retention-changed"),
    detail: z.object({
      record: z.enum(choosableKinds),
      before: z.int(),
      days: z.int(),
      requestedBy: z.string(),
      approvedBy: z.string(),
    }),
  }),
  /** Half of its time is over, and nobody has decided. */
  z.object({
    kind: z.literal("request-waits"),
    detail: z.object({ title: z.string(), requesterId: z.uuid() }),
  }),
  z.object({
    kind: z.literal("role-granted"),
    detail: z.object({
      userId: z.uuid(),
      role: z.enum(roles),
      department: z.string().nullable(),
      grantedBy: z.string(),
      /** Null = granted by one person alone, because there was no second. */
      approvedBy: z.string().nullable(),
    }),
  }),
]);
export type Notice = z.output<typeof noticeSchema>;

/** Whom an approver names to decide for them, and until when: a day, to its end in UTC. */
export const deputySchema = z.object({
  deputyId: z.uuid(),
  until: z.iso.date().transform((day) => new Date(`${day}T23:59:59.999Z`)),
});
