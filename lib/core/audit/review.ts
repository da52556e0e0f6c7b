import type { LineJudgement, ReviewKind, ReviewRule } from "./review-words";
import type { ReviewSubject } from "./schema";

/** A line before anybody judged it. */
export type ReviewLineDraft = {
  readonly rules: readonly ReviewRule[];
  /** Whose act or access it is; undefined for programs. */
  readonly personId: string | undefined;
  readonly subject: ReviewSubject;
};

export type ReviewLine = ReviewLineDraft & {
  readonly position: number;
  readonly personName: string | undefined;
  readonly judged:
    | { readonly judgement: LineJudgement; readonly note: string; readonly by: string; readonly at: Date }
    | undefined;
};

/** A review without its lines. */
export type Review = {
  readonly id: string;
  readonly kind: ReviewKind;
  /** Half-open. */
  readonly from: Date;
  readonly to: Date;
  readonly zone: string;
  /** What was looked at, in figures. */
  readonly covered: Readonly<Record<string, number>>;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly signed: { readonly by: string; readonly at: Date } | undefined;
  readonly lines: number;
  readonly linesJudged: number;
  readonly linesToFollowUp: number;
};
