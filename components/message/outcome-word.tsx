import type { AckCode, Outcome } from "@/lib/core/message/outcome";
import type { LampState } from "../ui/lamp";
import { StatusWord } from "../ui/status-word";

export type OutcomeWordProps = {
  readonly outcome: Outcome;
  readonly ackCode?: AckCode | null;
  /** Failed at first, whatever became of it. */
  readonly isFirstFailed?: boolean;
};

/** The outcome of a delivery as lamp and word, with the acknowledgement where there was one: "Failed · AE". */
export function OutcomeWord({ outcome, ackCode = null, isFirstFailed = false }: OutcomeWordProps) {
  const isLater = outcome === "ok" && isFirstFailed;
  return (
    <StatusWord state={isLater ? "notice" : outcomeLamps[outcome]}>
      {isLater ? "Ok after retry" : outcomeTitles[outcome]}
      {ackCode ? <span className="font-normal text-muted"> · {ackCode}</span> : null}
    </StatusWord>
  );
}

export const outcomeTitles: Readonly<Record<Outcome, string>> = {
  ok: "Ok",
  failed: "Failed",
  filtered: "Filtered",
  pending: "Waiting",
  unknown: "Unknown",
};

export const outcomeLamps: Readonly<Record<Outcome, LampState>> = {
  ok: "ok",
  failed: "critical",
  filtered: "excluded",
  pending: "notice",
  unknown: "unknown",
};
