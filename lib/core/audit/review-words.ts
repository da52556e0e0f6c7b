export const reviewKinds = ["activity", "access"] as const;
export type ReviewKind = (typeof reviewKinds)[number];

/** Why a line stands in a review, in words for whoever judges it. */
export const reviewRules = {
  "same-name": "The patient bears the name of the person who looked",
  "same-surname": "The patient bears the surname of the person who looked",
  "flagged-patient": "The patient's record is flagged (PV1-16)",
  "without-later-act": "The person changed nothing within 24 hours",
  "off-hours": "Weekend, or outside 07:00–19:00",
  "more-than-peers": "Far more looks than others of the same role",
  "disabled-account": "Acts of an account that was disabled",
  "unused-account": "First acts after 90 days without any",
  "never-used": "Never used",
  "not-used-lately": "Not used for 90 days",
  "no-expiry": "Never expires",
} as const;
export type ReviewRule = keyof typeof reviewRules;

/** `fine` and `follow-up` judge what was done, `confirmed` and `removed` what somebody may do. */
export const lineJudgements = ["fine", "follow-up", "confirmed", "removed"] as const;
export type LineJudgement = (typeof lineJudgements)[number];
