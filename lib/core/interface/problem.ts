import type { Direction } from "../message/outcome";

/** A leg as a problem names it. */
export type ProblemLeg = {
  readonly legId: number;
  readonly name: string;
  readonly direction: Direction;
};

/** One thing that is wrong with an interface, with the facts that show it. */
export type Problem =
  /** Everything that ended on this leg since `since` failed. */
  | { readonly kind: "failing"; readonly leg: ProblemLeg; readonly since: Date; readonly failed: number }
  | {
      readonly kind: "queue_stuck";
      readonly leg: ProblemLeg;
      readonly since: Date;
      readonly depth: number;
      readonly headAgeMs: number;
    }
  | {
      readonly kind: "queue_long";
      readonly leg: ProblemLeg;
      readonly depth: number;
      readonly usualHigh: number | null;
    }
  /** Nothing came in since, although at least `usualLow` messages did in the same stretch of each earlier week. */
  | { readonly kind: "silent"; readonly since: Date; readonly usualLow: number }
  | { readonly kind: "not_running"; readonly state: string }
  | {
      readonly kind: "fails_more";
      readonly leg: ProblemLeg;
      readonly rate: number;
      readonly failed: number;
      readonly usualHigh: number | null;
    }
  | {
      readonly kind: "slower";
      readonly leg: ProblemLeg;
      readonly p95Ms: number;
      readonly usualHighMs: number;
    }
  /** Was down within the range and works again. */
  | {
      readonly kind: "was_down";
      readonly leg: ProblemLeg;
      readonly from: Date;
      readonly to: Date;
      readonly failed: number;
    }
  | { readonly kind: "unseen"; readonly since: Date }
  /** The engine counts messages, and not one of them could be read: it keeps none, or reading has not come to them. */
  | { readonly kind: "counted_only"; readonly received: number };

/** Worst first. `unknown` is a state of its own: what cannot be seen is neither well nor ill. */
export const healthLevels = ["critical", "warning", "unknown", "notice", "ok", "excluded"] as const;
export type HealthLevel = (typeof healthLevels)[number];

export type JudgedProblem = Problem & { readonly level: HealthLevel };
