import { z } from "zod";
import { addressKind } from "../net/address";
import { isZone } from "../time/zone";

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

/** An address that notices may be posted to; what a name leads to is judged at each connection. */
const postUrl = z
  .string()
  .trim()
  .max(2_000)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, username, password, hash, hostname } = new URL(text);
    const isPlain = username === "" && password === "" && hash === "";
    return /^https?:$/.test(protocol) && isPlain && addressKind(hostname) !== "forbidden";
  });

const secret = z.string().trim().min(16).max(200);

/** Where a channel leads, and the secrets beside it: sealed as a whole. */
export const channelAddressSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("email"), to: z.email().max(200) }),
  z.strictObject({
    kind: z.literal("webhook"),
    url: postUrl,
    secret,
    /** Still signed with beside the new one, until the receiver knows that. */
    previousSecret: secret.optional(),
  }),
  z.strictObject({ kind: z.literal("teams"), url: postUrl }),
  z.strictObject({ kind: z.literal("slack"), url: postUrl }),
  z.strictObject({
    kind: z.literal("pagerduty"),
    url: postUrl.default("https://events.pagerduty.com/v2/enqueue"),
    /** PagerDuty calls it the integration key. */
    routingKey: z
      .string()
      .trim()
      .regex(/^[\w-]{20,64}$/),
  }),
]);
export type ChannelAddress = Readonly<z.output<typeof channelAddressSchema>>;

export const channelNameSchema = z.string().trim().min(1).max(80);

export const targetSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("person"), id: z.uuid() }),
  z.strictObject({ kind: z.literal("team"), id: z.uuid() }),
  z.strictObject({ kind: z.literal("department"), name: z.string().trim().min(1).max(120) }),
]);
/** Whom a step tells: a person, whoever is on call in a team, or in the teams of a department. */
export type Target = Readonly<z.output<typeof targetSchema>>;

const minutes = z.coerce.number().int().min(0).max(9_000);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Hours in which minutes count; 0 = Sunday. */
export const countedHoursSchema = z
  .strictObject({
    zone: z.string().refine(isZone),
    days: z.array(z.int().min(0).max(6)).min(1),
    from: clock,
    until: clock,
  })
  .refine(({ from, until }) => from < until, { path: ["until"] });
export type CountedHours = Readonly<z.output<typeof countedHoursSchema>>;

const stepSchema = z.strictObject({
  /** Counted minutes after the step before; of the first one, after the notice. */
  afterMinutes: minutes,
  targets: z.array(targetSchema).min(1).max(10),
});

/** Steps by time, and whom it comes to in the end. */
export const planSchema = z.strictObject({
  steps: z.array(stepSchema).max(10),
  lastResort: stepSchema,
  /** How often the whole is gone through again while nobody answers, and after how many minutes. */
  repeats: z.coerce.number().int().min(0).max(5),
  repeatAfterMinutes: z.coerce.number().int().min(1).max(9_000),
  /** Where it is set, minutes count within these hours alone; what is critical counts every minute. */
  hours: countedHoursSchema.optional(),
});
export type Plan = Readonly<z.output<typeof planSchema>>;

export const policySchema = z.strictObject({
  id: z.uuid().optional(),
  name: z.string().trim().min(1).max(120),
  department: z
    .string()
    .trim()
    .max(120)
    .optional()
    .transform((text) => text || undefined),
  plan: planSchema,
});

export const teamSchema = z.strictObject({
  id: z.uuid().optional(),
  name: z.string().trim().min(1).max(120),
  department: z
    .string()
    .trim()
    .max(120)
    .optional()
    .transform((text) => text || undefined),
  zone: z.string().refine(isZone),
});

export const shiftSchema = z
  .strictObject({
    teamId: z.uuid(),
    userId: z.uuid(),
    from: z.coerce.date(),
    until: z.coerce.date(),
    isOverride: z.boolean().default(false),
  })
  .refine(({ from, until }) => from < until, { path: ["until"] })
  .refine(({ from, until }) => until.getTime() - from.getTime() <= 62 * 86_400_000, { path: ["until"] });
