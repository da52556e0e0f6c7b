import type { AuditAction, AuditLeaf } from "./leaf";

export const leafOutcomes = [
  "success",
  "denied",
  "failure",
] as const satisfies readonly AuditLeaf["outcome"][];

/** Which lines of our own trail a list shows, besides its time range. Undefined = any. */
export type TrailFilter = {
  /** Part of a person's name, address or id, or of the name of a system actor; in any case. */
  readonly person?: string;
  readonly action?: AuditAction;
  /** Part of the kind or id of what was acted on. */
  readonly entity?: string;
  readonly outcome?: AuditLeaf["outcome"];
};
