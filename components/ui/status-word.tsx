import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { Lamp, type LampState, lampColours } from "./lamp";

export type StatusWordProps = {
  readonly state: LampState;
  /** The field's word for it: "Down", "Silent", "NACK AE", "Paused". Default: the plain name of the state. */
  readonly children?: ReactNode;
  readonly isWellGreen?: boolean;
};

/** Lamp and word together: the way every state is shown. */
export function StatusWord({ state, children, isWellGreen = false }: StatusWordProps) {
  const isCalm = state === "ok" || state === "excluded";
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Lamp state={state} isWellGreen={isWellGreen} />
      <span className={classNames(isCalm ? "text-muted" : "font-medium", !isCalm && lampColours[state])}>
        {children ?? stateWords[state]}
      </span>
    </span>
  );
}

const stateWords: Record<LampState, string> = {
  critical: "Critical",
  warning: "Warning",
  notice: "Notice",
  ok: "Normal",
  unknown: "Unknown",
  excluded: "Excluded",
};
