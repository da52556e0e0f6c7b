import { z } from "zod";

/** What a notice tells of. */
export const noticeKinds = [
  "incident_opened",
  "incident_escalated",
  "incident_handed_over",
  "incident_acknowledged",
  "incident_resolved",
  "condition_cleared",
  "test",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const noticeSeverities = ["critical", "warning", "notice"] as const;
export type NoticeSeverity = (typeof noticeSeverities)[number];

/** A notice holds no more than this in a text. */
export const MAX_NOTICE_TEXT = 200;

/**
 * What goes out: an interface, a reason, a count and a link. There is no field for anything else, and what the reason
 * says is scrubbed on its way in, so that no patient can be in it.
 */
export const noticeSchema = z.strictObject({
  /** One notice a key, however often it is raised. */
  key: z.string().min(1).max(200),
  kind: z.enum(noticeKinds),
  incidentId: z.string().max(60),
  interfaceName: z.string(),
  /** A sentence or the name of a reason. */
  reason: z.string(),
  count: z.int().nonnegative(),
  /** Within the product, such as `/incidents/12`. */
  path: z
    .string()
    .max(300)
    .regex(/^\/(?![/\\])/),
  severity: z.enum(noticeSeverities),
  department: z.string().max(120).nullable(),
  raisedAt: z.date(),
});
export type OutgoingNotice = Readonly<z.output<typeof noticeSchema>>;
