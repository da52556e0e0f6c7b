"use client";
import { ActButton } from "../../../admin/act-button";
import { AskButton } from "../../../admin/ask-button";
import { judge, remove } from "../actions";
import { FollowUpDialog } from "./follow-up-dialog";

type JudgeButtonsProps = {
  readonly id: string;
  readonly position: number;
  /** What the line is about, for the spoken names. */
  readonly of: string;
  readonly kind: "activity" | "access";
  /** Whether this person may take away what the line is about. */
  readonly mayRemove: boolean;
};

/** The two answers to a line; each can be changed until the review is signed, but not what was taken away. */
export function JudgeButtons({ id, position, of, kind, mayRemove }: JudgeButtonsProps) {
  if (kind === "activity") {
    return (
      <span className="inline-flex items-center gap-2">
        <ActButton
          label="Fine"
          busyLabel="Fine"
          of={`Fine: ${of}`}
          act={() => judge({ id, position, judgement: "fine" })}
        />
        <FollowUpDialog id={id} position={position} of={of} />
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-2">
      <ActButton
        label="Confirm"
        busyLabel="Confirm"
        of={`Confirm: ${of}`}
        act={() => judge({ id, position, judgement: "confirmed" })}
      />
      {mayRemove ? (
        <AskButton
          label="Take away"
          busyLabel="Taking away"
          title={`Take away: ${of}`}
          act={() => remove({ id, position })}
        >
          <p>It ends at once, and is noted in the audit trail and in this review.</p>
        </AskButton>
      ) : null}
    </span>
  );
}
